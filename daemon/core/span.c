/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "span.h"

#include <string.h>

/* So that no sum of spans and no instant plus a span can overflow. */
#define LONGEST (10 * 366 * ONC_DAY)

/* Reads one unit at *@text and moves past it. Returns: 0 where there is none. */
static OncSpan
read_unit (const char **text)
{
  static const struct
  {
    const char *word;
    OncSpan span;
  } units[] = {
    { "min", ONC_MINUTE }, { "s", ONC_SECOND }, { "m", ONC_MINUTE },
    { "h", ONC_HOUR },     { "d", ONC_DAY },    { "w", 7 * ONC_DAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gsize length = strlen (units[i].word);

      if (strncmp (*text, units[i].word, length) == 0 && !g_ascii_isalpha ((*text)[length]))
        {
          *text += length;
          return units[i].span;
        }
    }

  return 0;
}

gboolean
onc_span_parse (const char *text, OncSpan *span)
{
  OncSpan total = 0;

  if (g_str_equal (text, "off") || g_str_equal (text, "0"))
    {
      *span = 0;
      return TRUE;
    }
  if (*text == '\0')
    return FALSE;

  for (const char *c = text; *c != '\0';)
    {
      OncSpan number = 0;
      OncSpan unit;

      while (*c == ' ')
        c++;
      if (!g_ascii_isdigit (*c))
        return FALSE;
      for (; g_ascii_isdigit (*c); c++)
        {
          number = number * 10 + g_ascii_digit_value (*c);
          if (number > LONGEST / ONC_SECOND)
            return FALSE;
        }
      unit = read_unit (&c);
      if (unit == 0 || number > (LONGEST - total) / unit)
        return FALSE;
      total += number * unit;
    }
  *span = total;

  return TRUE;
}
