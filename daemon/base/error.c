/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "error.h"

G_DEFINE_QUARK (onc - error - quark, onc_error)
