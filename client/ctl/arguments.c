/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "arguments.h"

#include "text.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* Columns that the help leaves for a verb with its arguments. */
#define VERB_WIDTH 25

typedef struct
{
  OncVerbFlags verbs; /* those that take it; 0: every verb does */
  const char *name;
  char letter; /* or 0 */
  gsize field; /* of OncCommand: a char * where there is a value, a gboolean where not */
  const char *description;
  const char *value; /* (nullable) */
  gboolean optional; /* the value can be left out, and has to follow an equals sign */
} Option;

static const Option all_options[] = {
  { ONC_VERB_LIST, "all", 0, G_STRUCT_OFFSET (OncCommand, all), N_ ("List closed threads too"),
    NULL, FALSE },
  { ONC_VERB_LIST, "level", 0, G_STRUCT_OFFSET (OncCommand, level),
    N_ ("List threads of that level: question, urgent or emergency"), N_ ("LEVEL"), FALSE },
  { ONC_VERB_LIST, "state", 0, G_STRUCT_OFFSET (OncCommand, state),
    N_ ("List threads in that state: new, looking, resolved, dismissed, deleted, open or closed"),
    N_ ("STATE"), FALSE },
  { ONC_VERB_LIST, "tag", 0, G_STRUCT_OFFSET (OncCommand, tag),
    N_ ("List threads of that category"), N_ ("CATEGORY"), FALSE },
  { ONC_VERB_LIST, "since", 0, G_STRUCT_OFFSET (OncCommand, since),
    N_ ("List threads opened since then: 2h, 3d, yesterday, 2026-11-23 14:00"), N_ ("TIME"),
    FALSE },
  { ONC_VERB_LIST, "limit", 0, G_STRUCT_OFFSET (OncCommand, limit),
    N_ ("List no more than so many, those that need somebody most"), N_ ("NUMBER"), FALSE },
  { ONC_VERB_LIST, "mine", 0, G_STRUCT_OFFSET (OncCommand, mine),
    N_ ("List threads that you are looking at"), NULL, FALSE },
  { ONC_VERB_REPLY, "promise", 0, G_STRUCT_OFFSET (OncCommand, promise),
    N_ ("Promise the next update by then: 30m, 14:30, tomorrow 9:00"), N_ ("WHEN"), FALSE },
  { ONC_VERB_PARSE, "now", 0, G_STRUCT_OFFSET (OncCommand, now),
    N_ ("When the lines were written, such as 2026-11-23T14:00:00+01:00"), N_ ("TIME"), FALSE },
  { ONC_VERB_PARSE, "timezone", 0, G_STRUCT_OFFSET (OncCommand, timezone),
    N_ ("Their author's time zone, such as Europe/Berlin"), N_ ("ZONE"), FALSE },
  { ONC_VERB_PARSE, "tsv", 0, G_STRUCT_OFFSET (OncCommand, tsv),
    N_ ("Lines are TIME, ZONE and text, separated by tabs, with \\n for a line break in the text"),
    NULL, FALSE },
  { ONC_VERB_PAUSE, "up-to", 0, G_STRUCT_OFFSET (OncCommand, up_to),
    N_ ("Hold popups back up to that level: question, urgent (the default) or emergency"),
    N_ ("LEVEL"), FALSE },
  { ONC_VERB_QUEUE, "queue", 0, G_STRUCT_OFFSET (OncCommand, queue),
    N_ ("Do not wait for Slack, and exit with 6"), NULL, FALSE },
  { ONC_VERB_JSON, "json", 0, G_STRUCT_OFFSET (OncCommand, json_mode),
    N_ ("Print JSON, on one line or pretty"), N_ ("short|pretty"), TRUE },
  { ONC_VERB_FORMAT, "format", 0, G_STRUCT_OFFSET (OncCommand, format),
    N_ ("Print by a template: “{{number}} {{due|relative}}”"), N_ ("TEMPLATE"), FALSE },
  { ONC_VERB_STATUS, "follow", 0, G_STRUCT_OFFSET (OncCommand, follow),
    N_ ("Print a line for each change, until interrupted"), NULL, FALSE },
  { ONC_VERB_STATUS, "waybar", 0, G_STRUCT_OFFSET (OncCommand, waybar),
    N_ ("Print what a custom module of Waybar takes"), NULL, FALSE },
  { ONC_VERB_STATUS, "i3blocks", 0, G_STRUCT_OFFSET (OncCommand, i3blocks),
    N_ ("Print what a block of i3blocks takes"), NULL, FALSE },
  { ONC_VERB_STATUS, "polybar", 0, G_STRUCT_OFFSET (OncCommand, polybar),
    N_ ("Print what a script module of Polybar takes"), NULL, FALSE },
  { ONC_VERB_STATUS, "genmon", 0, G_STRUCT_OFFSET (OncCommand, genmon),
    N_ ("Print what the Generic Monitor of the Xfce panel takes"), NULL, FALSE },
  { ONC_VERB_DEMO, "interactive", 0, G_STRUCT_OFFSET (OncCommand, interactive),
    N_ ("Keep it running afterwards, to play with"), NULL, FALSE },
  { 0, "color", 0, G_STRUCT_OFFSET (OncCommand, color_mode),
    N_ ("Use colours: auto (on a terminal), always or never"), N_ ("WHEN"), TRUE },
  { 0, "no-legend", 0, G_STRUCT_OFFSET (OncCommand, no_legend),
    N_ ("Print no headings and no remarks"), NULL, FALSE },
  { 0, "no-pager", 0, G_STRUCT_OFFSET (OncCommand, no_pager), N_ ("Do not start a pager"), NULL,
    FALSE },
  { 0, "quiet", 'q', G_STRUCT_OFFSET (OncCommand, quiet), N_ ("Print errors only"), NULL, FALSE },
};

/* Returns: (transfer full): a parser of the options that go with @flags, and the common ones. */
static GOptionContext *
new_context (OncCommand *command, OncVerbFlags flags, const char *parameters)
{
  GOptionContext *context = g_option_context_new (parameters);
  GOptionEntry entries[G_N_ELEMENTS (all_options) + 2] = { 0 };
  gsize n_entries = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (all_options); i++)
    {
      const Option *option = &all_options[i];

      if (option->verbs == 0 || (option->verbs & flags) != 0)
        entries[n_entries++] = (GOptionEntry){
          .long_name = option->name,
          .short_name = option->letter,
          .arg = option->value != NULL ? G_OPTION_ARG_STRING : G_OPTION_ARG_NONE,
          .arg_data = G_STRUCT_MEMBER_P (command, option->field),
          .description = option->description,
          .arg_description = option->value,
        };
    }
  entries[n_entries] = (GOptionEntry){
    .long_name = G_OPTION_REMAINING,
    .arg = G_OPTION_ARG_STRING_ARRAY,
    .arg_data = &command->arguments,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

/* Returns: (nullable): the option that @argument is, with or without a value. */
static const Option *
find_option (const char *argument)
{
  for (gsize i = 0; i < G_N_ELEMENTS (all_options); i++)
    {
      const Option *option = &all_options[i];
      gsize length = strlen (option->name);

      if (option->letter != 0 && argument[0] == '-' && argument[1] == option->letter &&
          argument[2] == '\0')
        return option;
      if (g_str_has_prefix (argument, "--") && strncmp (argument + 2, option->name, length) == 0 &&
          (argument[length + 2] == '\0' || argument[length + 2] == '='))
        return option;
    }

  return NULL;
}

/* GOption takes the word after an option with a value for the value, optional or not: "--json 7"
 * has to be written "--json= 7" for it. */
static void
mark_missing_values (GStrv arguments)
{
  for (guint i = 1; arguments[i] != NULL && !g_str_equal (arguments[i], "--"); i++)
    {
      const Option *option = find_option (arguments[i]);

      if (option != NULL && option->optional && strchr (arguments[i], '=') == NULL)
        {
          g_free (arguments[i]);
          arguments[i] = g_strconcat ("--", option->name, "=", NULL);
        }
    }
}

static gboolean
read_json_mode (OncCommand *command, const OncVerb *verb, GError **error)
{
  const char *mode = command->json_mode;
  gboolean lines = command->follow || (verb->flags & ONC_VERB_LINES) != 0;

  if (mode == NULL)
    command->json = ONC_JSON_OFF;
  else if (*mode == '\0')
    command->json = command->width > 0 && !lines ? ONC_JSON_PRETTY : ONC_JSON_SHORT;
  else if (g_str_equal (mode, "short"))
    command->json = ONC_JSON_SHORT;
  else if (g_str_equal (mode, "pretty") && !lines)
    command->json = ONC_JSON_PRETTY;
  else if (g_str_equal (mode, "pretty"))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("One object is printed on each line; --json=pretty would not"));
      return FALSE;
    }
  else
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--json is “short” or “pretty”, not “%s”"), mode);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_color_mode (OncCommand *command, GError **error)
{
  const char *mode = command->color_mode;

  if (mode == NULL || g_str_equal (mode, "auto"))
    return TRUE;
  if (*mode != '\0' && !g_str_equal (mode, "always") && !g_str_equal (mode, "never"))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--color is “auto”, “always” or “never”, not “%s”"), mode);
      return FALSE;
    }

  command->colour = !g_str_equal (mode, "never");
  return TRUE;
}

gboolean
onc_arguments_parse (OncCommand *command, const OncVerb *verb, GStrv *arguments, GError **error)
{
  g_autoptr (GOptionContext) context = new_context (command, verb->flags, verb->arguments);
  g_autofree char *program = g_strdup_printf ("oncallctl %s", verb->name);
  g_autoptr (GError) local_error = NULL;
  guint n_arguments;

  g_set_prgname (program);
  g_option_context_set_summary (context, _ (verb->summary));
  mark_missing_values (*arguments);
  if (!g_option_context_parse_strv (context, arguments, &local_error))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, local_error->message);
      return FALSE;
    }

  n_arguments = command->arguments != NULL ? g_strv_length (command->arguments) : 0;
  if (n_arguments < verb->min_arguments || n_arguments > verb->max_arguments)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   verb->arguments != NULL ? _ ("“%s” needs %s") : _ ("“%s” takes no arguments"),
                   verb->name, verb->arguments);
      return FALSE;
    }

  if (command->json_mode != NULL && command->format != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _ ("--json and --format exclude each other"));
      return FALSE;
    }

  command->legend = !command->no_legend && !command->quiet;
  return read_json_mode (command, verb, error) && read_color_mode (command, error);
}

guint
onc_arguments_find_verb (GStrv arguments)
{
  guint i = 1;

  while (arguments[i] != NULL && arguments[i][0] == '-')
    {
      const Option *option = find_option (arguments[i]);

      /* Its value is the next word, unless it can be left out, or follows an equals sign. */
      if (option != NULL && option->value != NULL && !option->optional &&
          strchr (arguments[i], '=') == NULL && arguments[i + 1] != NULL)
        i++;
      else if (g_str_equal (arguments[i], "--"))
        return 0;
      i++;
    }

  return arguments[i] != NULL ? i : 0;
}

void
onc_arguments_print_help (const OncVerb *verbs)
{
  OncCommand unused = { 0 };
  g_autoptr (GOptionContext) context = new_context (&unused, ONC_VERB_JSON | ONC_VERB_FORMAT,
                                                    _ ("[VERB [ARGUMENT…]]"));
  g_autoptr (GString) summary = g_string_new (NULL);
  g_autofree char *help = NULL;

  g_string_append (summary, _ ("Shows and answers the threads of a Slack support channel."));
  g_string_append_printf (summary, "\n\n%s\n", _ ("Verbs:"));
  for (const OncVerb *verb = verbs; verb->name != NULL; verb++)
    {
      g_autofree char *usage = g_strjoin (" ", verb->name, verb->arguments, NULL);

      g_string_append_printf (summary, "  %s%*s %s\n", usage,
                              MAX (VERB_WIDTH - (int) onc_text_width (usage), 0), "",
                              _ (verb->summary));
    }
  g_string_append_printf (
      summary, "\n%s",
      _ ("REF is a thread's number, its permalink, or CHANNEL/ts, which may be cut short.\n"
         "WHEN is 30m, 1h30, 14:30, tomorrow 9:00, Mon 10:00, eod or next-work-hour.\n"
         "No verb means “list”. “oncallctl VERB --help” tells more about a verb.\n"
         "\n"
         "Exit codes: 0 done, 1 failed, 2 usage, 3 daemon not reachable, 4 no match,\n"
         "5 refused by Slack, 6 pending (not confirmed by Slack)."));

  g_set_prgname ("oncallctl");
  g_option_context_set_summary (context, summary->str);
  help = g_option_context_get_help (context, TRUE, NULL);
  fputs (help, stdout);
}
