; The installer for Windows, made by `makensis packaging\windows\tandem.nsi` after `dev.py build`.
; It was written by the manuals and NOT RUN: no Windows machine was at hand (docs/building.md).
Unicode true
!define NAME "Tandem"
!ifndef VERSION
  !define VERSION "0.1.0"
!endif
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"

Name "${NAME}"
OutFile "..\..\dist\tandem-${VERSION}-setup.exe"
InstallDir "$LOCALAPPDATA\Programs\${NAME}" ; for this person alone: no administrator is needed
InstallDirRegKey HKCU "Software\${NAME}" "Folder"
RequestExecutionLevel user
Icon "..\..\build\icons\tandem.ico"

!include "MUI2.nsh"
!define MUI_ICON "..\..\build\icons\tandem.ico"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\tandem.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Section "Tandem"
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\_internal" ; of the version before
  File /r "..\..\dist\tandem\*.*"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\tandem.exe"
  WriteRegStr HKCU "Software\${NAME}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\tandem" "" "URL:Tandem"
  WriteRegStr HKCU "Software\Classes\tandem" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\tandem\shell\open\command" "" '"$INSTDIR\tandem.exe" "%1"'
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\tandem.exe"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteUninstaller "$INSTDIR\uninstall.exe"
SectionEnd

Section "Uninstall"
  ; The person's own data stays where it is: Settings deletes it, if that is what is wanted.
  Delete "$SMPROGRAMS\${NAME}.lnk"
  RMDir /r "$INSTDIR"
  DeleteRegKey HKCU "Software\Classes\tandem"
  DeleteRegKey HKCU "Software\${NAME}"
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${NAME}"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
