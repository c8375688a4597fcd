/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "text.h"

#include "json-text.h"

/* Unicode has a picture for each of the control characters below the space, from here on ... */
#define CONTROL_PICTURES 0x2400
/* ... and one for DEL. */
#define DELETE_PICTURE 0x2421

static void
append_visible (GString *out, gunichar c)
{
  if (onc_character_is_harmless (c))
    g_string_append_unichar (out, c);
  else if (c < 0x20)
    g_string_append_unichar (out, CONTROL_PICTURES + c);
  else if (c == 0x7f)
    g_string_append_unichar (out, DELETE_PICTURE);
  else
    g_string_append_printf (out, "<%02X>", c);
}

char *
onc_text_visible (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p == '\n' || *p == '\t')
        g_string_append_c (out, *p);
      else
        append_visible (out, g_utf8_get_char (p));
    }

  return g_string_free (out, FALSE);
}

char *
onc_text_one_line (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          space = out->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (out, ' ');
      space = FALSE;
      append_visible (out, c);
    }

  return g_string_free (out, FALSE);
}

/* Returns: how many columns @c takes. */
static guint
character_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

char *
onc_text_shorten (const char *text, guint columns)
{
  g_autofree char *line = onc_text_one_line (text);
  guint width = 0;

  if (onc_text_width (line) <= columns)
    return g_steal_pointer (&line);

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      width += character_width (g_utf8_get_char (p));
      if (width >= columns)
        {
          g_autofree char *start = g_strndup (line, (gsize) (p - line));

          return g_strconcat (g_strchomp (start), "…", NULL);
        }
    }

  g_return_val_if_reached (NULL);
}

guint
onc_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += character_width (g_utf8_get_char (p));

  return width;
}
