# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Which emoji names exist: Unicode's own, Slack's short ones where they differ, custom ones."""

import unicodedata

# Slack's short names that are not the character's Unicode name.
SHORT_NAMES = {
    "+1": "1f44d", "thumbsup": "1f44d", "-1": "1f44e", "thumbsdown": "1f44e", "tada": "1f389",
    "white_check_mark": "2705", "heavy_check_mark": "2714-fe0f", "x": "274c", "vhs": "1f4fc",
    "smile": "1f604", "smiley": "1f603", "grinning": "1f600", "joy": "1f602", "sob": "1f62d",
    "thinking_face": "1f914", "slightly_smiling_face": "1f642", "sweat_smile": "1f605",
    "pray": "1f64f", "wave": "1f44b", "clap": "1f44f", "muscle": "1f4aa", "point_up": "261d-fe0f",
    "raised_hand": "270b", "hand": "270b", "raised_hands": "1f64c", "raising_hand": "1f64b",
    "ok_hand": "1f44c", "heart": "2764-fe0f", "mag": "1f50d", "mag_right": "1f50e",
    "hourglass": "231b", "hourglass_flowing_sand": "23f3", "warning": "26a0-fe0f",
    "question": "2753", "exclamation": "2757", "100": "1f4af", "rotating_light": "1f6a8",
    "no_entry": "26d4", "hammer_and_wrench": "1f6e0-fe0f", "memo": "1f4dd", "bulb": "1f4a1",
    "computer": "1f4bb", "telephone_receiver": "1f4de", "email": "2709-fe0f", "lock": "1f512",
    "books": "1f4da", "book": "1f4d6", "calendar": "1f4c6", "chart_with_upwards_trend": "1f4c8",
    "zzz": "1f4a4", "boom": "1f4a5", "sparkles": "2728", "star": "2b50", "rainbow": "1f308",
    "coffee": "2615", "beers": "1f37b", "cake": "1f370", "ship": "1f6a2", "bow": "1f647",
    "man-bowing": "1f647-200d-2642-fe0f", "saluting_face": "1fae1", "ghost": "1f47b",
    "poop": "1f4a9", "skull": "1f480", "point_right": "1f449", "point_left": "1f448",
    "point_down": "1f447", "fire": "1f525", "gift": "1f381", "bell": "1f514", "no_bell": "1f515",
    "recycle": "267b-fe0f", "ticket": "1f3ab", "mailbox": "1f4eb", "lightning": "1f329-fe0f",
}

# The names that take a skin tone among those people react with; eyes and the check marks do not.
SKIN_TONED = frozenset((
    "+1", "thumbsup", "-1", "thumbsdown", "raised_hands", "raised_hand", "hand", "wave", "ok_hand",
    "pray", "raising_hand", "point_up", "point_right", "point_left", "point_down", "clap", "muscle",
    "bow", "man-bowing",
))


def code_points(name: str) -> str | None:
    """The character in Slack's hyphenated hex, or None when no standard emoji has that name."""
    if name in SHORT_NAMES:
        return SHORT_NAMES[name]
    try:
        character = unicodedata.lookup(name.replace("_", " ").upper())
    except KeyError:
        return None
    return f"{ord(character):x}" if unicodedata.category(character) == "So" else None


def split_skin_tone(name: str) -> tuple[str, str]:
    """("wave", "3") from "wave::skin-tone-3"; the tone is empty when there is none."""
    base, mark, tone = name.partition("::skin-tone-")
    return (base, tone) if mark else (name, "")


def is_known(name: str, custom: dict[str, str]) -> bool:
    base, tone = split_skin_tone(name)
    if tone:
        return base in SKIN_TONED and tone.split("-")[0] in {"2", "3", "4", "5", "6"}
    return base in custom or code_points(base) is not None
