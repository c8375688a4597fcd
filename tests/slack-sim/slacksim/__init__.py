# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A loopback Slack: Web API and Socket Mode, scripted and able to fail in every way Slack does.

Comments name the source of a surprising fact by a key: SM, EV, MSG, RET, FMT, RL, POST and SCHED
are pages of docs.slack.dev (Socket Mode, Events API, message event, retrieving messages,
formatting, rate limits, chat.postMessage, chat.scheduleMessage); REF is the reference page of the
method or event in question; "seen" marks what people report but no page says.
"""
