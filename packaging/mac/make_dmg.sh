#!/bin/sh
# Makes dist/Tandem-VERSION.dmg of dist/Tandem.app, after `python3 dev.py build` on a Mac.
# Written by the manuals and NOT RUN: no Mac was at hand (docs/building.md).
set -eu
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
stage=$(mktemp -d)
cp -R dist/Tandem.app "$stage/"
ln -s /Applications "$stage/Applications"
# An identity of Apple's developer programme, if there is one: others get Gatekeeper's question.
if [ -n "${TANDEM_SIGN_AS:-}" ]; then
  codesign --deep --force --options runtime --sign "$TANDEM_SIGN_AS" "$stage/Tandem.app"
fi
hdiutil create -volname Tandem -srcfolder "$stage" -ov -format UDZO "dist/Tandem-$version.dmg"
rm -r "$stage"
