/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How a popup is put to a notification server, which can do more or less. What it says that it can
 * do decides, and what it is called only where it says nothing. */

#pragma once

#include "popup.h"

#include <libnotify/notify.h>

G_BEGIN_DECLS

/* What the server said that it can do. */
typedef struct
{
  gboolean actions;
  gboolean markup;
  gboolean sound;
  gboolean hidden_markup; /* it may parse markup although it does not offer to */
  gboolean reply;         /* there is a field to write in */
  gboolean default_click; /* the default action is run by a click on the popup */
} OncPopupAbilities;

/* @name: what the server calls itself, for the one thing that no capability tells. */
void onc_popup_abilities_read_name (OncPopupAbilities *self, const char *name);

/* @names: the answer of GetCapabilities, ending with NULL. */
void onc_popup_abilities_read (OncPopupAbilities *self, const char *const *names);

/* Writes @popup onto @notification, all that stood there before included. @silent: it makes no
 * sound. @on_action is called with @user_data for every action. */
void onc_popup_dress (const OncPopup *popup,
                      NotifyNotification *notification,
                      const OncPopupAbilities *abilities,
                      gboolean silent,
                      NotifyActionCallback on_action,
                      gpointer user_data);

G_END_DECLS
