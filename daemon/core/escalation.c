/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "escalation.h"

guint
onc_repeat_count (const OncRepeat *repeat, OncSpan elapsed)
{
  guint count = 0;

  for (guint i = 0; i < repeat->n_legs && elapsed > 0; i++)
    {
      const OncRepeatLeg *leg = &repeat->legs[i];
      OncSpan fitting = elapsed / leg->every;

      if (leg->times == 0 || fitting < leg->times)
        return count + (guint) MIN (fitting, (OncSpan) G_MAXINT32 - count);
      count += leg->times;
      elapsed -= leg->every * leg->times;
    }

  return count;
}

OncSpan
onc_repeat_offset (const OncRepeat *repeat, guint n)
{
  OncSpan offset = 0;

  for (guint i = 0; i < repeat->n_legs; i++)
    {
      const OncRepeatLeg *leg = &repeat->legs[i];

      if (leg->times == 0 || n <= leg->times)
        return offset + leg->every * n;
      offset += leg->every * leg->times;
      n -= leg->times;
    }

  return -1;
}
