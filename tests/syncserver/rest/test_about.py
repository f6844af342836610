"""Health, version, the description, and a page to read it."""

import json
import re

from tests.syncserver.rest.conftest import Build, House


async def test_a_healthy_relay_says_so(house: House) -> None:
    assert (await house.nobody.get("/health")).json() == {"status": "ok"}


async def test_it_says_which_protocol_it_speaks(house: House) -> None:
    told = (await house.nobody.get("/version")).json()

    assert (told["protocol"], told["minProtocol"]) == (1, 1)
    assert re.fullmatch(r"\d+(\.\d+)*", told["version"])


async def test_it_names_the_current_desktop_where_that_is_another_version(build: Build) -> None:
    house: House = await build(desktop_version="0.2.0")

    told = (await house.nobody.get("/version")).json()

    assert told["desktop"] == "0.2.0"


async def test_the_description_is_served(house: House) -> None:
    answer = await house.nobody.get("/openapi.json")

    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.json()["openapi"] == "3.1.0"


async def test_the_page_holds_the_description_and_loads_nothing(house: House) -> None:
    answer = await house.nobody.get("/docs")

    page = answer.text
    inside = re.search(r"const api = (\{.*\});\n", page)
    described = (await house.nobody.get("/openapi.json")).json()
    assert answer.headers["Content-Type"].startswith("text/html")
    assert not re.search(r"""(src|href)=["'](https?:)?//""", page)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert inside is not None
    assert json.loads(inside.group(1).replace("<\\/", "</")) == described
