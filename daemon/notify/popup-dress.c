/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "popup-dress.h"

#include "markup.h"
#include "names.h"

#include <glib/gi18n.h>

/* What xfce4-notifyd calls itself. It draws a button for the default action, too, and nothing else
 * runs it (seen with 0.7.3), so that *Open* would stand there twice. A label without text would
 * hide it, but libnotify takes none. */
#define XFCE_NAME "Xfce Notify Daemon"

/* What dunst calls itself. Where its configuration is silent about markup, it does not offer
 * body-markup and parses it all the same (seen with 1.9.0): "<b>" is gone, and between "a < b" and
 * "c > d" so is all the text. */
#define DUNST_NAME "dunst"

void
onc_popup_abilities_read_name (OncPopupAbilities *self, const char *name)
{
  self->default_click = !g_str_equal (name, XFCE_NAME);
  self->hidden_markup = g_str_equal (name, DUNST_NAME);
}

void
onc_popup_abilities_read (OncPopupAbilities *self, const char *const *names)
{
  self->actions = g_strv_contains (names, "actions");
  self->markup = g_strv_contains (names, "body-markup");
  self->sound = g_strv_contains (names, "sound");
  self->reply = g_strv_contains (names, "inline-reply");
}

/* Returns: (transfer full): @plain so that it reads the same whether it is parsed as markup or not:
 * without a character that begins a tag, or that begins what could end as an entity. */
static char *
defuse (const char *plain)
{
  GString *out = g_string_new (plain);

  g_string_replace (out, "<", "‹", 0);
  g_string_replace (out, "&", "&\u2060", 0); /* WORD JOINER, which has no width */
  return g_string_free (out, FALSE);
}

/* Returns: (transfer full): @plain as the server shows it as it is. */
static char *
prepare_body (const char *plain, const OncPopupAbilities *abilities)
{
  if (abilities->markup)
    return onc_markup_escape (plain);

  return abilities->hidden_markup ? defuse (plain) : g_strdup (plain);
}

static void
set_hints (const OncPopup *popup, NotifyNotification *notification, gboolean silent)
{
  static const NotifyUrgency urgencies[] = { NOTIFY_URGENCY_LOW, NOTIFY_URGENCY_NORMAL,
                                             NOTIFY_URGENCY_CRITICAL };

  G_STATIC_ASSERT (G_N_ELEMENTS (urgencies) == ONC_N_LEVELS);

  notify_notification_clear_hints (notification);
  notify_notification_set_urgency (notification, urgencies[popup->level]);
  notify_notification_set_category (notification, popup->category);
  notify_notification_set_hint (notification, "desktop-entry",
                                g_variant_new_string (ONC_DESKTOP_ENTRY));
  if (popup->stays)
    notify_notification_set_hint (notification, "resident", g_variant_new_boolean (TRUE));
  if (popup->sound == NULL || silent)
    notify_notification_set_hint (notification, "suppress-sound", g_variant_new_boolean (TRUE));
  else
    notify_notification_set_hint (notification, "sound-name", g_variant_new_string (popup->sound));
}

void
onc_popup_dress (const OncPopup *popup,
                 NotifyNotification *notification,
                 const OncPopupAbilities *abilities,
                 gboolean silent,
                 NotifyActionCallback on_action,
                 gpointer user_data)
{
  g_autofree char *body = prepare_body (popup->body, abilities);

  notify_notification_update (notification, popup->title, body, popup->icon);
  notify_notification_set_timeout (notification,
                                   popup->stays ? NOTIFY_EXPIRES_NEVER : NOTIFY_EXPIRES_DEFAULT);
  set_hints (popup, notification, silent);

  notify_notification_clear_actions (notification);
  for (guint i = 0; abilities->actions && i < popup->n_actions; i++)
    {
      const OncPopupAction *action = &popup->actions[i];
      gboolean is_reply = g_str_equal (action->key, ONC_POPUP_REPLY);

      if ((is_reply && !abilities->reply) ||
          (!abilities->default_click && g_str_equal (action->key, ONC_POPUP_DEFAULT)))
        continue;
      notify_notification_add_action (notification, action->key, action->label, on_action,
                                      user_data, NULL);
      /* Plasma's words for the field and its button; others do not know the hints. */
      if (is_reply)
        notify_notification_set_hint (notification, "x-kde-reply-placeholder-text",
                                      g_variant_new_string (_ ("Reply in the thread")));
    }
}
