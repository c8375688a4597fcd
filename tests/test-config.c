/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"
#include "error.h"

#include <glib/gstdio.h>

typedef struct
{
  char *directory; /* (owned) */
  char *path;      /* (owned) of a configuration file */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->directory = g_dir_make_tmp ("oncalld-config-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "my.conf", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static OncConfig *
load (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  OncConfig *config;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  config = onc_config_load (fixture->path, &error);
  g_assert_no_error (error);
  return config;
}

static void
test_the_defaults_are_the_products (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncConfig) config = load (fixture, "");
  const OncTimings *urgent = &config->timings[ONC_LEVEL_URGENT];

  g_assert_cmpstr (config->api_url, ==, "https://slack.com/api/");
  g_assert_cmpint (config->transport, ==, ONC_TRANSPORT_AUTO);
  g_assert_cmpint (config->poll_interval, ==, 20 * ONC_SECOND);
  g_assert_cmpstr (config->channels[0], ==, "#support");
  g_assert_cmpstr (config->tags[ONC_LEVEL_URGENT][0], ==, "@oncall");
  g_assert_cmpstr (config->tags[ONC_LEVEL_EMERGENCY][1], ==, "@engineering");
  g_assert_cmpstr (config->claim[0], ==, "eyes");
  g_assert_cmpstr (g_hash_table_lookup (config->categories, "vhs"), ==, "data");
  g_assert_cmpuint (g_hash_table_size (config->categories), ==, 8);
  g_assert_cmpint (urgent->target, ==, 15 * ONC_MINUTE);
  g_assert_cmpuint (urgent->repeat.n_legs, ==, 2);
  g_assert_cmpint (urgent->repeat.legs[0].every, ==, 5 * ONC_MINUTE);
  g_assert_cmpuint (urgent->repeat.legs[0].times, ==, 6);
  g_assert_cmpint (urgent->repeat.legs[1].every, ==, 15 * ONC_MINUTE);
  g_assert_cmpuint (urgent->repeat.legs[1].times, ==, 0);
  g_assert_cmpint (urgent->stale_claim, ==, 30 * ONC_MINUTE);
  g_assert_cmpint (urgent->promise, ==, 30 * ONC_MINUTE);
  g_assert_cmpuint (urgent->lead_percent, ==, 20);
  g_assert_cmpint (urgent->lead_min, ==, 2 * ONC_MINUTE);
  g_assert_cmpint (urgent->lead_max, ==, 15 * ONC_MINUTE);
  g_assert_cmpuint (urgent->overdue.legs[0].times, ==, 3);
  g_assert_cmpint (urgent->grace, ==, 5 * ONC_MINUTE);
  g_assert_cmpint (urgent->snooze_max, ==, 0);
  g_assert_cmpint (config->timings[ONC_LEVEL_EMERGENCY].snooze_max, ==, 15 * ONC_MINUTE);
  g_assert_cmpstr (config->work, ==, "Mon-Fri 09:00-17:00");
  g_assert_null (config->timezone);
  g_assert_true (config->quieter_off_call);
  g_assert_false (config->own_sound);
  g_assert_cmpuint (config->burst_popups, ==, 5);
  g_assert_cmpint (config->burst_span, ==, 10 * ONC_SECOND);
  g_assert_cmpint (config->backfill, ==, 7 * ONC_DAY);
  g_assert_cmpint (config->keep_texts, ==, 60 * ONC_DAY);
  g_assert_false (config->private_popups);
}

static void
test_a_file_changes_what_it_names (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncConfig) config = load (fixture, "[slack]\n"
                                                "# a comment\n"
                                                "api-url = http://127.0.0.1:8080/api\n"
                                                "channels=#support ; C0123;;\n"
                                                "[urgent]\n"
                                                "repeat=off\n"
                                                "target=1h 30min\n"
                                                "[categories]\n"
                                                "necktie=\n"
                                                "tada=party\n"
                                                "[notifications]\n"
                                                "burst=off\n"
                                                "private=true\n");

  g_assert_cmpstr (config->api_url, ==, "http://127.0.0.1:8080/api/");
  g_assert_cmpuint (g_strv_length (config->channels), ==, 2);
  g_assert_cmpstr (config->channels[1], ==, "C0123");
  g_assert_cmpuint (config->timings[ONC_LEVEL_URGENT].repeat.n_legs, ==, 0);
  g_assert_cmpint (config->timings[ONC_LEVEL_URGENT].target, ==, 90 * ONC_MINUTE);
  g_assert_null (g_hash_table_lookup (config->categories, "necktie"));
  g_assert_cmpstr (g_hash_table_lookup (config->categories, "tada"), ==, "party");
  g_assert_cmpuint (config->burst_popups, ==, 0);
  g_assert_true (config->private_popups);
}

static void
test_each_setting_knows_where_it_comes_from (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (OncConfig) config = load (fixture, "[urgent]\ntarget=1h\n");
  guint from_file = 0;

  for (guint i = 0; i < config->settings->len; i++)
    {
      const OncSetting *setting = g_ptr_array_index (config->settings, i);

      if (setting->origin == NULL)
        continue;
      from_file++;
      g_assert_cmpstr (setting->group, ==, "urgent");
      g_assert_cmpstr (setting->key, ==, "target");
      g_assert_cmpstr (setting->value, ==, "1h");
      g_assert_cmpstr (setting->origin, ==, fixture->path);
    }
  g_assert_cmpuint (from_file, ==, 1);
}

static void
test_errors_name_file_group_key_and_what_is_allowed (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *text;
    const char *parts[4];
  } cases[] = {
    { "[slak]\n", { "[slak]", "unknown", "[slack]", "[levels]" } },
    { "[slack]\ntoken=xoxp-1\n", { "[slack] token", "no such key", "api-url", "channels" } },
    { "[slack]\ntransport=tcp\n", { "[slack] transport", "'tcp'", "auto", "poll" } },
    { "[slack]\npoll-interval=1s\n", { "[slack] poll-interval", "'1s'", "5s", "1h" } },
    { "[slack]\napi-url=http://slack.com/\n", { "[slack] api-url", "slack.com", "https", "only" } },
    { "[slack]\napi-url=slack.com\n", { "[slack] api-url", "'slack.com'", "https://", "address" } },
    { "[urgent]\ntarget=soon\n", { "[urgent] target", "'soon'", "15min", "off" } },
    { "[urgent]\nrepeat=5min, 6min\n", { "[urgent] repeat", "'5min, 6min'", "x6", "off" } },
    { "[urgent]\nrepeat=5min x0\n", { "[urgent] repeat", "'5min x0'", "x6", "off" } },
    { "[urgent]\nrepeat=0 x6\n", { "[urgent] repeat", "'0 x6'", "x6", "off" } },
    { "[urgent]\nlead=20%\n", { "[urgent] lead", "'20%'", "2min-15min", "off" } },
    { "[urgent]\nlead=20% 5min-2min\n", { "[urgent] lead", "5min-2min", "2min-15min", "off" } },
    { "[hours]\nwork=nine to five\n", { "[hours] work", "'nine to five'", "Mon-Fri", "" } },
    { "[hours]\ntimezone=Here/There\n", { "[hours] timezone", "Here/There", "Berlin", "" } },
    { "[emoji]\nclaim= ; \n", { "[emoji] claim", "at least one", "emoji", "name" } },
    { "[notifications]\nprivate=yes\n", { "[notifications] private", "'yes'", "true", "false" } },
    { "[notifications]\nburst=5\n", { "[notifications] burst", "'5'", "5 in 10s", "off" } },
    { "target=5min\n", { "my.conf", "", "", "" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (fixture->path, cases[i].text, -1, NULL));
      g_assert_null (onc_config_load (fixture->path, &error));
      g_assert_error (error, ONC_ERROR, ONC_ERROR_CONFIG);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, fixture->path));
      for (guint j = 0; j < 4; j++)
        g_assert_nonnull (strstr (error->message, cases[i].parts[j]));
    }
}

static void
test_a_file_that_was_asked_for_must_be_there (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (onc_config_load (fixture->path, &error));
  g_assert_error (error, ONC_ERROR, ONC_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, fixture->path));
}

/* Writes @text to oncalld/@name in the directory @base. */
static void
place (const char *base, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (base, "oncalld", name, NULL);
  g_autofree char *directory = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Removes what place() made. */
static void
clear_away (const char *base, const char *const *names)
{
  g_autofree char *drop_ins = g_build_filename (base, "oncalld", "oncalld.conf.d", NULL);
  g_autofree char *directory = g_path_get_dirname (drop_ins);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (directory, names[i], NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (drop_ins), ==, 0);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

/* The directories were set by main(), before GLib read them. */
static void
test_the_persons_own_file_wins_and_drop_ins_over_it (void)
{
  static const char *const system_files[] = { "oncalld.conf", "oncalld.conf.d/10-team.conf", NULL };
  static const char *const home_files[] = { "oncalld.conf", "oncalld.conf.d/20-b.conf",
                                            "oncalld.conf.d/10-a.conf",
                                            "oncalld.conf.d/30-c.conf.bak", NULL };
  const char *home = g_get_user_config_dir ();
  const char *system = g_get_system_config_dirs ()[0];
  g_autoptr (OncConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  place (system, system_files[0],
         "[urgent]\ntarget=1min\n[emergency]\ntarget=1min\n"
         "[question]\ntarget=1min\n");
  place (system, system_files[1], "[question]\ntarget=2min\n");
  place (home, home_files[0], "[urgent]\ntarget=3min\n[emergency]\ntarget=3min\n");
  place (home, home_files[1], "[emergency]\ntarget=5min\n");
  place (home, home_files[2], "[emergency]\ntarget=4min\n");
  place (home, home_files[3], "[nonsense]\n");
  config = onc_config_load (NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (config->timings[ONC_LEVEL_QUESTION].target, ==, 2 * ONC_MINUTE);
  g_assert_cmpint (config->timings[ONC_LEVEL_URGENT].target, ==, 3 * ONC_MINUTE);
  g_assert_cmpint (config->timings[ONC_LEVEL_EMERGENCY].target, ==, 5 * ONC_MINUTE);
  clear_away (system, system_files);
  clear_away (home, home_files);
}

#define ADD(test) g_test_add ("/config/" #test, Fixture, NULL, set_up, test_##test, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *base = g_dir_make_tmp ("oncalld-xdg-XXXXXX", NULL);
  g_autofree char *home = g_build_filename (base, "home", NULL);
  g_autofree char *system = g_build_filename (base, "system", NULL);
  int status;

  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_DIRS", system, TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD (the_defaults_are_the_products);
  ADD (a_file_changes_what_it_names);
  ADD (each_setting_knows_where_it_comes_from);
  ADD (errors_name_file_group_key_and_what_is_allowed);
  ADD (a_file_that_was_asked_for_must_be_there);
  g_test_add_func ("/config/the_persons_own_file_wins_and_drop_ins_over_it",
                   test_the_persons_own_file_wins_and_drop_ins_over_it);
  status = g_test_run ();
  g_rmdir (home);
  g_rmdir (system);
  g_rmdir (base);
  return status;
}
