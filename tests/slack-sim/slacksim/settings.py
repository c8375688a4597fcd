# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What of Slack's behaviour can be chosen, with the value Slack is known for."""

import dataclasses
from dataclasses import dataclass, field

from .clock import Clock


class Refused(Exception):
    """Slack says no; error is the string that the Web API answers, extra what goes beside it."""

    def __init__(self, error: str, **extra) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


@dataclass
class Settings:
    # Divides everything that Slack schedules; see Clock.
    time_scale: float = 1.0
    # Un-acked for so long: the delivery has failed (EV). Real seconds.
    ack_timeout: float = 3.0
    # When a failed delivery is tried again, counted from the failure (EV: at once, 1 min, 5 min).
    retry_delays: list = field(default_factory=lambda: [0, 60, 300])
    # An event that meets no open socket is retried by the same schedule (seen); else it is lost.
    retry_without_socket: bool = True
    # Seconds between server pings, real; Slack documents none, its Node SDK expects 30 at most.
    ping_interval: float = 10.0
    # A socket's life: 5 h 1 min is what people record (seen); hello announces it.
    connection_seconds: float = 18060.0
    # How long before the end of its life a socket is warned (SM: about 10 s).
    warning_seconds: float = 10.0
    # Slack leaves TCP open after the close handshake (seen); here for so many real seconds.
    close_linger: float = 30.0
    # An unused ticket's life, real seconds; Slack documents none.
    ticket_seconds: float = 30.0
    # Sockets an app may have at once (SM).
    max_sockets: int = 10
    # The tiers of RL, per method and app. Off, because most tests want answers.
    rate_limits: bool = False
    # "1/min": one call a minute and 15 messages, as for new commercial apps since May 2025 (RL).
    history_regime: str = ""
    # Which end of the range comes first when only oldest is given: "oldest" (RET's way of fetching
    # one message by its ts needs it) or "newest"; within a page the newest always stands first.
    history_order: str = "oldest"
    # Pages shorter than the limit, some empty, with a next_cursor all the same.
    short_pages: bool = False
    # users[] of a reaction is cut to so many (MSG gives no number).
    reaction_users: int = 50
    # users[] in subteam_updated is cut to so many (REF).
    subteam_users: int = 500
    # <!subteam^S1|@oncall> (seen) in place of the documented <!subteam^S1>.
    subteam_labels: bool = False
    # Also the hidden event for a parent that was replied to, which lacks its subtype (REF).
    message_replied: bool = False
    # users.list without a limit refuses larger workspaces (REF: limit_required).
    users_without_limit: int = 1000
    # Of the choice among an app's sockets.
    seed: int = 1

    def update(self, values: dict, clock: Clock) -> None:
        known = {item.name: item for item in dataclasses.fields(self)}
        for name, value in values.items():
            if name not in known:
                raise ValueError(f"unknown setting {name!r}; known: {', '.join(known)}")
            wanted = type(getattr(self, name))
            if wanted is float and isinstance(value, int) and not isinstance(value, bool):
                value = float(value)
            if type(value) is not wanted:
                raise ValueError(f"setting {name} wants {wanted.__name__}, not {value!r}")
            setattr(self, name, value)
        clock.scale = self.time_scale
