"""Language, large print, light or dark; and the pages that say that something went wrong."""

import pytest
from django.test import Client


def client(language: str = "zh-CN") -> Client:
    return Client(headers={"accept-language": language}, raise_request_exception=False)


def body(visitor: Client, path: str) -> str:
    return visitor.get(path).content.decode()


@pytest.mark.parametrize(
    ("asked", "tag"),
    [
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK,en;q=0.5", "zh-Hant"),
        ("en-GB", "en"),
        ("de", "zh-Hans"),  # none of ours: the office's own language
    ],
)
def test_the_page_speaks_the_language_that_the_browser_asks_for(asked: str, tag: str) -> None:
    assert f'<html lang="{tag}"' in body(client(asked), "/gallery/")


@pytest.mark.parametrize("to", ["zh-hant", "zh-Hant"])
def test_a_chosen_language_is_kept(to: str) -> None:
    visitor = client("en")
    answer = visitor.get("/set-language", {"to": to, "next": "/gallery/"})
    assert answer["Location"] == "/gallery/"
    assert '<html lang="zh-Hant"' in body(visitor, "/gallery/portal/")


def test_an_address_may_ask_for_a_language_for_that_one_page() -> None:
    visitor = client("en")
    assert '<html lang="zh-Hant"' in body(visitor, "/gallery/?lang=zh-Hant")
    assert '<html lang="en"' in body(visitor, "/gallery/?lang=fr")
    assert '<html lang="en"' in body(visitor, "/gallery/")


def test_an_unknown_language_changes_nothing() -> None:
    visitor = client("en")
    visitor.get("/set-language", {"to": "fr", "next": "/gallery/"})
    assert '<html lang="en"' in body(visitor, "/gallery/")


def test_large_print_is_kept_and_can_be_taken_back() -> None:
    visitor = client()
    visitor.get("/large-print", {"to": "1"})
    assert 'class="is-portal large"' in body(visitor, "/gallery/portal/")
    assert "普通字号" in body(visitor, "/gallery/portal/")
    visitor.get("/large-print", {"to": "0"})
    assert 'class="is-portal"' in body(visitor, "/gallery/portal/")


@pytest.mark.parametrize(("to", "attribute"), [("dark", 'data-theme="dark"'), ("light", 'data-theme="light"')])
def test_a_chosen_theme_is_kept_until_the_system_is_followed_again(to: str, attribute: str) -> None:
    visitor = client()
    visitor.get("/theme", {"to": to})
    assert attribute in body(visitor, "/gallery/")
    visitor.get("/theme", {"to": "system"})
    assert "data-theme" not in body(visitor, "/gallery/")


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
@pytest.mark.parametrize("view", ["/set-language", "/large-print", "/theme"])
def test_a_preference_never_leads_out_of_the_house(view: str, target: str) -> None:
    assert client().get(view, {"to": "en", "next": target})["Location"] == "/"


def test_the_links_lead_back_to_this_very_page() -> None:
    assert "next=%2Fgallery%2F%3Fprint%3D1" in body(client(), "/gallery/?print=1")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/bad/", 400, "请退回上一页，核对填的内容，再发一次"),
        ("/forbidden/", 403, "请本单位管理员把它加到您的岗位上"),
        ("/nothing-here/", 404, "请核对编号，或者从首页开始"),
        ("/broken/", 500, "没有丢失任何内容。请稍后再试"),
    ],
)
def test_a_page_of_an_error_says_what_to_do(path: str, status: int, words: str) -> None:
    answer = client().get(path)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert str(status) not in answer.content.decode()


def test_whoever_sent_a_form_to_a_broken_server_is_told_where_the_words_are() -> None:
    assert "您写的内容还在上一页：请退回去再按一次" in client().post("/broken/").content.decode()


@pytest.mark.parametrize(("language", "words"), [("zh-TW", "這一頁沒有打開"), ("en", "This page could not be made")])
def test_the_page_of_a_broken_server_speaks_the_language_too(language: str, words: str) -> None:
    assert words in body(client(language), "/broken/")


def test_a_form_open_too_long_keeps_what_was_written() -> None:
    visitor = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-CN"})
    answer = visitor.post("/gallery/", {"title": "x"})
    assert answer.status_code == 403
    assert "您写的内容还在上一页" in answer.content.decode()
