/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "effect.h"

OncEffect *
onc_effect_new (OncEffectKind kind, OncThread *thread)
{
  OncEffect *self = g_new0 (OncEffect, 1);

  self->kind = kind;
  self->thread = thread != NULL ? onc_thread_ref (thread) : NULL;
  return self;
}

void
onc_effect_free (OncEffect *self)
{
  switch (self->kind)
    {
    case ONC_EFFECT_SAVE_MESSAGE:
      g_clear_pointer (&self->message, onc_message_unref);
      break;
    case ONC_EFFECT_SAVE_POST:
      g_free (self->post.ts);
      break;
    case ONC_EFFECT_SAVE_REACTION:
      g_free (self->reaction.ts);
      g_clear_pointer (&self->reaction.name, g_ref_string_release);
      g_clear_pointer (&self->reaction.user, g_ref_string_release);
      break;
    case ONC_EFFECT_SUMMARY:
      g_clear_pointer (&self->summary.threads, g_ptr_array_unref);
      break;
    case ONC_EFFECT_NOTIFY:
    case ONC_EFFECT_ALERT:
      g_free (self->alert.promise);
      break;
    case ONC_EFFECT_POST:
    case ONC_EFFECT_REACT:
      g_free (self->write.ts);
      g_free (self->write.reaction);
      g_free (self->write.text);
      break;
    case ONC_EFFECT_SAVE_THREAD:
    case ONC_EFFECT_FETCH:
    case ONC_EFFECT_WITHDRAW:
    case ONC_EFFECT_CHANGED:
    case ONC_EFFECT_RESUMED:
      break;
    default:
      g_assert_not_reached ();
    }
  g_clear_pointer (&self->thread, onc_thread_unref);
  g_free (self);
}
