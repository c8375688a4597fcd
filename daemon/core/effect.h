/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What should be done, as plain data. The app carries it out in the order that architecture asks
 * for: what is to be saved first, then what people see, then what Slack is told. */

#pragma once

#include "thread.h"
#include "types.h"

G_BEGIN_DECLS

typedef enum
{
  ONC_EFFECT_SAVE_THREAD,   /* the thread's own row */
  ONC_EFFECT_SAVE_MESSAGE,  /* a message, its text included */
  ONC_EFFECT_SAVE_POST,     /* what stays of a message: deleted, level */
  ONC_EFFECT_SAVE_REACTION, /* one person's emoji on one message */
  ONC_EFFECT_FETCH,         /* the thread has to be read from Slack */
  ONC_EFFECT_NOTIFY,        /* a popup, new or replacing the thread's own */
  ONC_EFFECT_SUMMARY,       /* one popup for many threads */
  ONC_EFFECT_WITHDRAW,      /* the thread's popup has had its day */
  ONC_EFFECT_CHANGED,       /* properties changed */
  ONC_EFFECT_ALERT,         /* the signal for scripts and panels */
  ONC_EFFECT_RESUMED,       /* a pause is over */
  ONC_EFFECT_POST,          /* a reply in the thread, in the person's name */
  ONC_EFFECT_REACT,         /* an emoji, in the person's name */
} OncEffectKind;

struct _OncEffect
{
  OncEffectKind kind;
  OncThread *thread; /* (owned) (nullable) NULL for a summary and RESUMED */
  union
  {
    OncMessage *message; /* (owned) SAVE_MESSAGE */
    struct
    {
      char *ts; /* (owned) of a post in `thread` */
    } post;     /* SAVE_POST */
    struct
    {
      char *ts;         /* (owned) of a post in `thread` */
      GRefString *name; /* (owned) */
      GRefString *user; /* (owned) */
    } reaction;         /* SAVE_REACTION */
    struct
    {
      OncAlert kind;
      OncLevel level; /* at that moment */
      char *promise;  /* (owned) (nullable) key of the promise spoken of */
      guint repeat;   /* 0: said for the first time */
    } alert;          /* NOTIFY, ALERT */
    struct
    {
      GPtrArray *threads; /* (owned) of OncThread, as the engine has it: it may still grow */
    } summary;            /* SUMMARY */
    guint changes;        /* CHANGED: of OncChange */
    struct
    {
      char *ts;       /* (owned) (nullable) the message to react to; NULL: a reply is posted */
      char *reaction; /* (owned) (nullable) */
      gboolean add;   /* put it on, rather than take it off */
      char *text;     /* (owned) (nullable) of the reply, as Slack is to get it ... */
      OncInstant due; /* ... and with the span to this time, which it promises; 0: none */
    } write;          /* POST, REACT */
  };
};

/* Returns: (transfer full): an effect of @kind on @thread, to be filled by its creator. */
OncEffect *onc_effect_new (OncEffectKind kind, OncThread *thread);
void onc_effect_free (OncEffect *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncEffect, onc_effect_free)

G_END_DECLS
