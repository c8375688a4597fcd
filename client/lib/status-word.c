/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "status-word.h"

#include "dictionary.h"

const char *
onc_status_word (GVariant *manager)
{
  const char *state;

  if (manager == NULL)
    return "offline";
  state = onc_dictionary_get_string (manager, "State");
  if (onc_dictionary_get_number (manager, "EmergencyCount") > 0)
    return "emergency";
  if (onc_dictionary_get_number (manager, "OverdueCount") > 0)
    return "overdue";
  if (onc_dictionary_get_number (manager, "UrgentCount") > 0)
    return "urgent";
  if (g_str_equal (state, onc_link_to_string (ONC_LINK_CONNECTING)) ||
      g_str_equal (state, onc_link_to_string (ONC_LINK_STALE)))
    return "stale";
  if (!g_str_equal (state, onc_link_to_string (ONC_LINK_CONNECTED)))
    return "offline";
  if (onc_dictionary_get_number (manager, "OpenCount") > 0)
    return "open";

  return "idle";
}
