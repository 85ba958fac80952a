"""Fields and mistakes: bound to each other, in words that say what to do."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from xinqiao.components.fields import plain_field, wrongs_of
from xinqiao.components.forms import PlainForm
from xinqiao.components.widgets import DayPartsField, PartialDay, day_input


class Sample(PlainForm):
    """One field of each kind."""

    title = forms.CharField(label="事由", max_length=5, help_text="一句话")
    on = forms.DateField(label="收到日", widget=day_input())
    since = DayPartsField(label="开始", partial=True, required=False)
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    text = forms.CharField(label="经过", max_length=5000, widget=forms.Textarea)
    phone = forms.CharField(label="电话", required=False)
    secret = forms.BooleanField(label="保密", required=False)


GOOD = {"title": "路灯", "on": "2026-11-23", "kind": "a", "text": "外墙漏水。"}


def sample(**changes: str) -> Sample:
    return Sample(GOOD | changes)


def draw(form: forms.Form, markup: str, surface: str = "desk") -> str:
    return Template("{% load look %}" + markup).render(Context({"form": form, "surface": surface}))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "请填写这一项"),
        ("title", "路灯不亮已三月", "现在有 7 个字，最多 5 个字，请写短一些"),
        ("on", "2026-11-31", "请写全年月日，例如 2026-11-23；日子要在日历上有"),
        ("on", "昨天", "请写全年月日，例如 2026-11-23；日子要在日历上有"),
        ("kind", "", "请选一项"),
        ("kind", "c", "请从列出的各项中选一项"),
    ],
)
def test_a_mistake_says_what_to_do(field: str, value: str, words: str) -> None:
    assert sample(**{field: value}).errors[field] == [words]


@pytest.mark.parametrize("written", ["2026-11-23", "2026.11.23", "2026/11/23", "2026年11月23日", "20261123"])
def test_a_day_is_written_as_people_write_days(written: str) -> None:
    form = sample(on=written)
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 11, 23)


def test_a_fields_own_words_win() -> None:
    class Own(PlainForm):
        name = forms.CharField(error_messages={"required": "请填信上署名"})

    assert Own({}).errors["name"] == ["请填信上署名"]


@pytest.mark.parametrize(
    ("year", "month", "day", "found"),
    [
        ("2026", "8", "", PartialDay(2026, 8)),  # the day is not remembered
        ("2026", "", "", PartialDay(2026)),
        ("2026", "8", "24", PartialDay(2026, 8, 24)),
        ("", "", "", None),  # it may be left out
    ],
)
def test_a_day_may_be_known_in_part(year: str, month: str, day: str, found: PartialDay | None) -> None:
    form = sample(since_0=year, since_1=month, since_2=day)
    assert form.is_valid()
    assert form.cleaned_data["since"] == found


@pytest.mark.parametrize(
    ("year", "month", "day", "words"),
    [
        ("", "8", "", "请填年份，例如 2026"),
        ("26", "8", "", "请填年份，例如 2026"),  # two figures are no year
        ("2026", "", "24", "请填年、月、日，例如 2026、8、24"),  # a day of no month
        ("2026", "八", "", "年、月、日请写数字，例如 2026、8、24"),
        ("2026", "2", "30", "日历上没有这一天，请核对"),
        ("2026", "13", "", "日历上没有这一天，请核对"),
    ],
)
def test_mistakes_of_a_day_in_parts(year: str, month: str, day: str, words: str) -> None:
    assert sample(since_0=year, since_1=month, since_2=day).errors["since"] == [words]


def test_a_whole_day_in_parts_is_a_date() -> None:
    field = DayPartsField()
    assert field.clean(["2026", "8", "24"]) == date(2026, 8, 24)
    with pytest.raises(forms.ValidationError, match="请填年、月、日"):
        field.clean(["2026", "8", ""])


def test_label_hint_and_mistake_are_bound_to_the_control() -> None:
    html = draw(sample(title=""), "{% field form.title %}")
    assert '<label for="id_title">事由</label><p class="hint" id="id_title-h">一句话</p>' in html
    assert '<p class="err" id="id_title-e">请填写这一项</p>' in html
    assert 'aria-describedby="id_title-h id_title-e"' in html
    assert 'aria-invalid="true"' in html


def test_only_the_first_wrong_field_takes_the_focus() -> None:
    html = draw(sample(on="x", text=""), "{% form_fields form %}")
    assert html.count("autofocus") == 1
    assert html.index("autofocus") < html.index('id="id_text"')


def test_nothing_takes_the_focus_of_a_form_without_mistakes() -> None:
    assert "autofocus" not in draw(Sample(), "{% form_fields form %}")


def test_only_what_is_optional_is_marked() -> None:
    html = draw(Sample(), "{% form_fields form %}")
    assert html.count("可不填") == 2  # the remembered day and the telephone; a box to tick needs no mark


def test_boxes_to_tick_need_no_mark_either() -> None:
    class Boxes(PlainForm):
        columns = forms.MultipleChoiceField(
            label="列", choices=[("a", "甲")], required=False, widget=forms.CheckboxSelectMultiple
        )

    assert "可不填" not in draw(Boxes(), "{% form_fields form %}")


def test_a_choice_is_a_question_with_answers() -> None:
    html = draw(sample(), "{% field form.kind %}")
    assert html.startswith('<fieldset class="field" id="id_kind"><legend>类别</legend>')
    assert '<label class="pick" for="id_kind_0"><input type="radio" name="kind" value="a"' in html
    assert html.count("checked") == 1


def test_a_long_text_counts_its_characters() -> None:
    html = draw(sample(), "{% field form.text %}")
    assert "5 字，最多 5,000 字" in html
    assert 'data-count="{n} 字，最多 5,000 字"' in html


def test_the_summary_names_and_links_each_mistake_in_the_order_of_the_fields() -> None:
    form = sample(title="", kind="", since_1="8")
    html = draw(form, "{% error_title form %}{% error_summary form %}")
    assert html.startswith("有 3 处要改 · ")
    assert [wrong.field_id for wrong in wrongs_of(form)] == ["id_title", "id_since_0", "id_kind_0"]
    assert '<a href="#id_kind_0">类别：请选一项</a>' in html
    assert "您填的内容都还在。" in html


def test_without_mistakes_there_is_no_summary() -> None:
    assert draw(sample(), "{% error_title form %}{% error_summary form %}").strip() == ""
    assert draw(Sample(), "{% error_title form %}{% error_summary form %}").strip() == ""


def test_what_was_typed_is_kept_and_escaped() -> None:
    assert 'value="&lt;b&gt;"' in draw(sample(title="<b>", kind=""), "{% field form.title %}")


def test_an_empty_file_is_named() -> None:
    class Upload(PlainForm):
        paper = forms.FileField(label="附件")

    assert Upload({}, MultiValueDict()).errors["paper"] == ["请填写这一项"]


def test_a_field_outside_a_form_is_bound_too() -> None:
    field = plain_field(name="q", label="编号", widget=forms.TextInput(), hint="在回执上", error="请填编号")
    assert 'id="f-q"' in field.control
    assert 'aria-describedby="f-q-h f-q-e"' in field.control
