# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Typed text becomes wire text, wire text becomes blocks."""

import pytest
from slacksim import emoji, richtext


def wire(typed: str) -> str:
    handles = {"oncall": "<!subteam^S1>", "mara": "<@U1>", "here": "<!here>"}
    return richtext.compose(typed, handles.get, {"support": "<#C1|support>"}.get)


def leaves(text: str) -> list[dict]:
    block, = richtext.Builder({"documentation": "x"}).blocks(text)
    section, = block["elements"]
    return section["elements"]


def kinds(text: str) -> list[str]:
    block, = richtext.Builder({}).blocks(text)
    return [element["type"].removeprefix("rich_text_") for element in block["elements"]]


@pytest.mark.parametrize("typed, expected", [
    ("@oncall look", "<!subteam^S1> look"),
    ("ask @mara, please", "ask <@U1>, please"),
    ("@here and #support", "<!here> and <#C1|support>"),
    ("@nobody #nowhere", "@nobody #nowhere"),
    ("mail me@oncall.example", "mail me@oncall.example"),
    ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
    ("&amp;", "&amp;amp;"),
    ("see https://example.org/?a=1&b=2 now", "see <https://example.org/?a=1&b=2> now"),
    ("<@U1> stays", "<@U1> stays"),
    ("`@oncall <b>` is code", "`@oncall &lt;b&gt;` is code"),
    ("```@oncall```", "```@oncall```"),
])
def test_what_is_typed_becomes_wire(typed, expected):
    assert wire(typed) == expected


@pytest.mark.parametrize("text, expected", [
    ("a & b", "a &amp; b"),
    ("a &amp; b", "a &amp; b"),
    ("1 < 2", "1 &lt; 2"),
    ("<@U1> & <https://x.example|x>", "<@U1> &amp; <https://x.example|x>"),
    ("https://x.example/a_b", "<https://x.example/a_b>"),
])
def test_what_an_app_posts_is_normalised(text, expected):
    assert richtext.normalise(text) == expected


@pytest.mark.parametrize("text, expected", [
    ("<!subteam^S1>", {"type": "usergroup", "usergroup_id": "S1"}),
    ("<!subteam^S1|@oncall>", {"type": "usergroup", "usergroup_id": "S1"}),
    ("<@U1>", {"type": "user", "user_id": "U1"}),
    ("<@U1|mara>", {"type": "user", "user_id": "U1"}),
    ("<#C1|support>", {"type": "channel", "channel_id": "C1"}),
    ("<!here|here>", {"type": "broadcast", "range": "here"}),
    ("<https://x.example/?a&amp;b|the &lt;page&gt;>",
     {"type": "link", "url": "https://x.example/?a&b", "text": "the <page>"}),
    ("<!date^1700000000^{date} at {time}|then>",
     {"type": "date", "timestamp": 1700000000, "format": "{date} at {time}", "fallback": "then"}),
    (":eyes:", {"type": "emoji", "name": "eyes", "unicode": "1f440"}),
    (":wave::skin-tone-3:",
     {"type": "emoji", "name": "wave", "unicode": "1f44b", "skin_tone": 3}),
    (":documentation:", {"type": "emoji", "name": "documentation"}),
    ("at 10:30:15", {"type": "text", "text": "at 10:30:15"}),
    ("*bold &amp; true*", {"type": "text", "text": "bold & true", "style": {"bold": True}}),
    ("~<@U1>~", {"type": "user", "user_id": "U1", "style": {"strike": True}}),
    ("snake_case_name 2*3*4", {"type": "text", "text": "snake_case_name 2*3*4"}),
])
def test_a_piece_of_text_becomes_its_element(text, expected):
    assert leaves(text) == [expected]


def test_styles_nest_and_text_between_stays():
    assert leaves("a *b _c_* `<d>`") == [
        {"type": "text", "text": "a "},
        {"type": "text", "text": "b ", "style": {"bold": True}},
        {"type": "text", "text": "c", "style": {"bold": True, "italic": True}},
        {"type": "text", "text": " "},
        {"type": "text", "text": "<d>", "style": {"code": True}}]


def test_quotes_and_code_blocks_stand_for_themselves():
    assert kinds("before\n&gt; said\n&gt; more\nafter") == ["section", "quote", "section"]
    assert kinds("look\n```<@U1>\ncode```\nend") == ["section", "preformatted", "section"]
    assert kinds("see\n&gt;&gt;&gt; all\nof this") == ["section", "quote"]


def test_code_hides_mentions():
    block, = richtext.Builder({}).blocks("```<@U1> &amp; more```")
    assert block["elements"][0]["elements"] == [{"type": "text", "text": "<@U1> & more"}]


def test_no_text_makes_no_block():
    assert richtext.Builder({}).blocks("") == []


def test_emoji_are_known_by_either_name_and_tones_only_where_they_exist():
    for name in ("eyes", "necktie", "fire_engine", "vhs", "robot_face", "coffin", "evergreen_tree",
                 "bug", "white_check_mark", "+1", "thumbsup", "raised_hands"):
        assert emoji.is_known(name, {}), name
    assert emoji.is_known("raised_hands::skin-tone-4", {})
    assert not emoji.is_known("eyes::skin-tone-4", {})
    assert not emoji.is_known("documentation", {})
    assert emoji.is_known("documentation", {"documentation": "x"})
