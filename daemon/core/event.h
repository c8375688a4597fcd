/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What happened, in the words of the core: no JSON, no GVariant. Live events, backfill and the
 * store all speak through these, so that there is one door and one way of taking things in. */

#pragma once

#include "message.h"
#include "types.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_EVENT_MESSAGE,     /* a message exists, or has a new text */
  ONC_EVENT_DELETION,    /* a message is gone */
  ONC_EVENT_REACTION,    /* an emoji was put on a message or taken off */
  ONC_EVENT_GROUP,       /* who is in a user group */
  ONC_EVENT_PERSON,      /* whether a user is a person or a bot */
  ONC_EVENT_STORED,      /* a thread, read from the store */
  ONC_EVENT_WRITE,       /* how a write to Slack stands */
  ONC_EVENT_CATCHING_UP, /* history is about to be read */
  ONC_EVENT_CAUGHT_UP,   /* ... and has been read */
  ONC_EVENT_DESK,        /* whether the desktop wants to be left alone */
  ONC_EVENT_PAUSE,       /* this person wants to be left alone for a while */
} OncEventKind;

typedef enum
{
  ONC_WRITE_QUEUED, /* in the outbox, as after a restart */
  ONC_WRITE_DONE,   /* Slack said ok */
  ONC_WRITE_REFUSED,
} OncWriteOutcome;

struct _OncEvent
{
  OncEventKind kind;
  union
  {
    struct
    {
      OncMessage *message; /* (owned) */
      OncInstant as_of;    /* when the answer it stands in was asked for; 0: it came by itself */
    } message;
    struct
    {
      char *team;    /* (owned) */
      char *channel; /* (owned) */
      char *ts;      /* (owned) */
      char *root_ts; /* (owned) (nullable) NULL until the app has looked it up */
    } deletion;
    struct
    {
      char *team;    /* (owned) */
      char *channel; /* (owned) */
      char *ts;      /* (owned) of the message */
      char *root_ts; /* (owned) (nullable) NULL until the app has looked it up */
      char *name;    /* (owned) as Slack sent it */
      char *user;    /* (owned) */
      gboolean added;
      OncInstant at; /* by Slack's clock */
    } reaction;
    struct
    {
      char *id;       /* (owned) */
      GStrv added;    /* (owned) (nullable) */
      GStrv removed;  /* (owned) (nullable) */
      gboolean whole; /* `added` is the whole membership */
      OncInstant at;  /* since when; 0: not known */
    } group;
    struct
    {
      char *user; /* (owned) */
      char *zone; /* (owned) (nullable) an IANA time zone */
      gboolean bot;
    } person;
    OncThread *stored; /* (owned) */
    struct
    {
      char *team;     /* (owned) */
      char *channel;  /* (owned) */
      char *root_ts;  /* (owned) */
      char *user;     /* (owned) in whose name */
      char *ts;       /* (owned) (nullable) the message reacted to; NULL: a post */
      char *reaction; /* (owned) (nullable) */
      char *text;     /* (owned) (nullable) of a post */
      gboolean add;   /* the reaction was to be put on, not taken off */
      OncWriteOutcome outcome;
    } write;
    struct
    {
      GStrv first; /* (owned) (nullable) channels that were never read: their history is no news */
    } catching_up;
    struct
    {
      gboolean inhibited; /* do-not-disturb, or the screen is shared */
      gboolean locked;
    } desk;
    struct
    {
      OncInstant until; /* 0: no more */
      OncLevel level;   /* up to this one, inclusive */
    } pause;
  };
};

/* Returns: (transfer full): an event of @kind, zeroed, to be filled by its creator. */
OncEvent *onc_event_new (OncEventKind kind);
void onc_event_free (OncEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncEvent, onc_event_free)

G_END_DECLS
