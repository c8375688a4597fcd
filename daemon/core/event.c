/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "event.h"

#include "thread.h"

OncEvent *
onc_event_new (OncEventKind kind)
{
  OncEvent *self = g_new0 (OncEvent, 1);

  self->kind = kind;
  return self;
}

void
onc_event_free (OncEvent *self)
{
  switch (self->kind)
    {
    case ONC_EVENT_MESSAGE:
      g_clear_pointer (&self->message.message, onc_message_unref);
      break;
    case ONC_EVENT_DELETION:
      g_free (self->deletion.team);
      g_free (self->deletion.channel);
      g_free (self->deletion.ts);
      g_free (self->deletion.root_ts);
      break;
    case ONC_EVENT_REACTION:
      g_free (self->reaction.team);
      g_free (self->reaction.channel);
      g_free (self->reaction.ts);
      g_free (self->reaction.root_ts);
      g_free (self->reaction.name);
      g_free (self->reaction.user);
      break;
    case ONC_EVENT_GROUP:
      g_free (self->group.id);
      g_strfreev (self->group.added);
      g_strfreev (self->group.removed);
      break;
    case ONC_EVENT_PERSON:
      g_free (self->person.user);
      g_free (self->person.zone);
      break;
    case ONC_EVENT_STORED:
      g_clear_pointer (&self->stored, onc_thread_unref);
      break;
    case ONC_EVENT_WRITE:
      g_free (self->write.team);
      g_free (self->write.channel);
      g_free (self->write.root_ts);
      g_free (self->write.user);
      g_free (self->write.ts);
      g_free (self->write.reaction);
      g_free (self->write.text);
      break;
    case ONC_EVENT_CATCHING_UP:
      g_strfreev (self->catching_up.first);
      break;
    case ONC_EVENT_CAUGHT_UP:
    case ONC_EVENT_DESK:
    case ONC_EVENT_PAUSE:
      break;
    default:
      g_assert_not_reached ();
    }
  g_free (self);
}
