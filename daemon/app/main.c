/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "app.h"
#include "error.h"
#include "log.h"
#include "names.h"
#include "parse.h"
#include "policy-builder.h"
#include "watchdog.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <sysexits.h>
#include <unistd.h>

typedef struct
{
  char *config_file;
  char *state_dir;
  char *ca_file;
  gint64 clock;
  gint hurry;
  gboolean reconnect;
  gboolean session;
  gboolean version;
  gboolean parse;
  OncParseOptions parse_options;
} Options;

/* The daemon while it runs. */
typedef struct
{
  GMainLoop *loop; /* (owned) */
  OncApp *app;     /* (owned) */
  int status;      /* to exit with */
} Run;

static gboolean
read_options (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config_file,
      N_ ("Read this configuration alone, and none of the usual places"), N_ ("FILE") },
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &options->state_dir,
      N_ ("Keep the database in this directory"), N_ ("DIR") },
    { "session", 0, 0, G_OPTION_ARG_NONE, &options->session,
      N_ ("Serve on the session bus, which is the default"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_ ("Print the version and exit"),
      NULL },
    { "parse", 0, 0, G_OPTION_ARG_NONE, &options->parse,
      N_ ("Print how lines are read, of the arguments or of standard input, and exit"), NULL },
    { "now", 0, 0, G_OPTION_ARG_STRING, &options->parse_options.now,
      N_ ("With --parse: when they were written, such as 2026-11-23T14:00:00+01:00"), N_ ("TIME") },
    { "timezone", 0, 0, G_OPTION_ARG_STRING, &options->parse_options.timezone,
      N_ ("With --parse: their author's time zone, such as Europe/Berlin"), N_ ("ZONE") },
    { "tsv", 0, 0, G_OPTION_ARG_NONE, &options->parse_options.tsv,
      N_ ("With --parse: lines are TIME, ZONE and text, separated by tabs"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->parse_options.lines, NULL,
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry debug_entries[] = {
    { "debug-ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file,
      N_ ("Trust the certificates in this file too"), N_ ("FILE") },
    { "debug-clock", 0, 0, G_OPTION_ARG_INT64, &options->clock,
      N_ ("Let the time stand at so many microseconds since 1970, until it is moved over D-Bus"),
      N_ ("TIME") },
    { "debug-hurry", 0, 0, G_OPTION_ARG_INT, &options->hurry,
      N_ ("Make pauses N times as short, time limits up to ten times, and no reminders"),
      N_ ("N") },
    { "debug-reconnect", 0, 0, G_OPTION_ARG_NONE, &options->reconnect,
      N_ ("Have Slack end each connection after six minutes"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GOptionGroup *debug = g_option_group_new ("debug", _ ("Switches for tests:"),
                                            _ ("Show the switches for tests"), NULL, NULL);

  g_option_context_set_summary (context, _ ("Keeps an on-call rota in Slack: watches the support "
                                            "channel, reminds, and acts when asked."));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_group_add_entries (debug, debug_entries);
  g_option_context_add_group (context, debug);

  return g_option_context_parse (context, argc, argv, error);
}

static void
clear_options (Options *options)
{
  g_free (options->config_file);
  g_free (options->state_dir);
  g_free (options->ca_file);
  onc_parse_options_clear (&options->parse_options);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static void
on_quit (OncApp *app, const char *why, gpointer user_data)
{
  Run *run = user_data;

  if (why != NULL)
    {
      onc_warning ("%s", why);
      run->status = EXIT_FAILURE;
    }
  g_main_loop_quit (run->loop);
}

static gboolean
on_terminate (gpointer user_data)
{
  on_quit (NULL, NULL, user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_hang_up (gpointer user_data)
{
  Run *run = user_data;

  onc_app_reload (run->app, NULL);
  return G_SOURCE_CONTINUE;
}

static OncApp *
make_app (const Options *options, GError **error)
{
  g_autofree char *state_dir = options->state_dir != NULL
                                   ? g_strdup (options->state_dir)
                                   : g_build_filename (g_get_user_state_dir (), "oncalld", NULL);
  const OncAppOptions app_options = {
    .config_file = options->config_file,
    .state_dir = state_dir,
    .ca_file = options->ca_file,
    .credentials = g_getenv ("CREDENTIALS_DIRECTORY"),
    .hurry = (guint) MAX (options->hurry, 1),
    .short_lives = options->reconnect,
  };
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (OncConfig) config = onc_config_load (options->config_file, error);
  g_autoptr (OncClock) clock = NULL;

  if (config == NULL)
    return NULL;
  clock = options->clock != 0 ? onc_clock_new_standing (options->clock) : onc_clock_new (error);
  if (clock == NULL)
    return NULL;
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
  if (connection == NULL)
    {
      g_prefix_error (error, "there is no session bus: ");
      return NULL;
    }
  g_dbus_connection_set_exit_on_close (connection, FALSE);

  return onc_app_new (&app_options, g_steal_pointer (&config), clock, connection, error);
}

/* Returns: what the process exits with. A wrong configuration is told from the rest, for there is
 * no use in starting again. */
static int
fail (const GError *error)
{
  if (g_error_matches (error, ONC_ERROR, ONC_ERROR_CONFIG))
    {
      onc_warning_about (ONC_MESSAGE_ID_CONFIG_REFUSED, "", "%s", error->message);
      return EX_CONFIG;
    }
  onc_warning ("%s", error->message);

  return EXIT_FAILURE;
}

static int
serve (const Options *options)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (OncApp) app = make_app (options, &error);
  g_autoptr (OncWatchdog) watchdog = NULL;
  Run run = { .loop = loop, .app = app, .status = EXIT_SUCCESS };

  if (app == NULL || !onc_app_start (app, &error))
    return fail (error);
  onc_notice ("oncalld %s is up", ONC_VERSION);

  g_signal_connect (app, "quit", G_CALLBACK (on_quit), &run);
  g_unix_signal_add (SIGTERM, on_terminate, &run);
  g_unix_signal_add (SIGINT, on_terminate, &run);
  g_unix_signal_add (SIGHUP, on_hang_up, &run);
  watchdog = onc_watchdog_new ((OncIsWell) onc_app_is_well, app);
  g_main_loop_run (loop);

  onc_watchdog_stopping ();
  onc_app_stop (app);

  return run.status;
}

/* Needs the configuration for its hours, and nothing else. */
static int
parse (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OncConfig) config = onc_config_load (options->config_file, &error);
  g_autoptr (OncPolicy) policy = NULL;
  g_auto (GStrv) problems = NULL;

  if (config == NULL)
    {
      g_printerr ("%s: %s\n", g_get_prgname (), error->message);
      return ONC_PARSE_FAILED;
    }
  policy = onc_policy_build (config, NULL, &problems);

  return onc_parse_run (&options->parse_options, policy);
}

/* Whether @options say anything that is for --parse alone. */
static gboolean
are_for_parse (const OncParseOptions *options)
{
  return options->now != NULL || options->timezone != NULL || options->tsv ||
         options->lines != NULL;
}

int
main (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;

  /* Where a file may not grow, that is an error of write() like that of a full disk. */
  signal (SIGXFSZ, SIG_IGN);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!read_options (&options, &argc, &argv, &error) ||
      (!options.parse && are_for_parse (&options.parse_options)))
    {
      g_printerr ("oncalld: %s\n",
                  error != NULL ? error->message
                                : _ ("Lines, --now, --timezone and --tsv go with --parse alone"));
      g_printerr (_ ("Run “oncalld --help” for what there is.\n"));
      return EX_USAGE;
    }
  if (options.version)
    {
      g_print ("oncalld %s\n", ONC_VERSION);
      return EXIT_SUCCESS;
    }

  return options.parse ? parse (&options) : serve (&options);
}
