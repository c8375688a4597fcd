/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "error.h"

GQuark
onc_error_quark (void)
{
  return g_quark_from_static_string ("onc-error-quark");
}
