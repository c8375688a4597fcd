/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "api-error.h"

#include <string.h>

#include "json.h"

/* Slack's words have up to some forty characters; a longer one is not carried into a message. */
#define MAX_WORD_LENGTH 64

typedef struct
{
  char *word; /* (owned) (nullable) */
} OncApiErrorPrivate;

/* What Slack's words mean (reference of the methods, common and own errors). `public`: the code for
 * a person's program, where it does not follow from the class. */
static const struct
{
  const char *word;
  OncApiError class;
  OncError public;
  const char *meaning;
} words[] = {
  { "access_denied", ONC_API_ERROR_SCOPE, ONC_ERROR_DENIED, "the token may not do this" },
  { "accesslimited", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "access is limited on this network" },
  { "account_inactive", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "the account is deactivated" },
  { "already_reacted", ONC_API_ERROR_BENIGN, ONC_ERROR_FAILED, "the reaction is there already" },
  { "cannot_reply_to_message", ONC_API_ERROR_OTHER, ONC_ERROR_DENIED, "it takes no replies" },
  { "cant_update_message", ONC_API_ERROR_OTHER, ONC_ERROR_DENIED, "it is another's message" },
  { "channel_not_found", ONC_API_ERROR_OTHER, ONC_ERROR_NOT_FOUND, "there is no such channel" },
  { "ekm_access_denied", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "the administrators suspended it" },
  { "fatal_error", ONC_API_ERROR_TRANSIENT, ONC_ERROR_NOT_CONNECTED, "Slack failed" },
  { "internal_error", ONC_API_ERROR_TRANSIENT, ONC_ERROR_NOT_CONNECTED, "Slack failed" },
  { "invalid_arg_name", ONC_API_ERROR_BUG, ONC_ERROR_FAILED, "the call was wrong" },
  { "invalid_arguments", ONC_API_ERROR_BUG, ONC_ERROR_FAILED, "the call was wrong" },
  { "invalid_array_arg", ONC_API_ERROR_BUG, ONC_ERROR_FAILED, "the call was wrong" },
  { "invalid_auth", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "the token is not accepted" },
  { "invalid_charset", ONC_API_ERROR_BUG, ONC_ERROR_FAILED, "the call was wrong" },
  { "invalid_cursor", ONC_API_ERROR_TRANSIENT, ONC_ERROR_NOT_CONNECTED, "the list went stale" },
  { "invalid_form_data", ONC_API_ERROR_BUG, ONC_ERROR_FAILED, "the call was wrong" },
  { "invalid_post_type", ONC_API_ERROR_BUG, ONC_ERROR_FAILED, "the call was wrong" },
  { "invalid_scheduled_message_id", ONC_API_ERROR_BENIGN, ONC_ERROR_NOT_FOUND, "it is gone" },
  { "is_archived", ONC_API_ERROR_OTHER, ONC_ERROR_DENIED, "the channel is archived" },
  { "message_not_found", ONC_API_ERROR_OTHER, ONC_ERROR_NOT_FOUND, "there is no such message" },
  { "missing_post_type", ONC_API_ERROR_BUG, ONC_ERROR_FAILED, "the call was wrong" },
  { "missing_scope", ONC_API_ERROR_SCOPE, ONC_ERROR_DENIED, "the token lacks a permission" },
  { "no_permission", ONC_API_ERROR_SCOPE, ONC_ERROR_DENIED, "the token may not do this" },
  { "no_reaction", ONC_API_ERROR_BENIGN, ONC_ERROR_FAILED, "the reaction is gone already" },
  { "no_such_subteam", ONC_API_ERROR_OTHER, ONC_ERROR_NOT_FOUND, "there is no such user group" },
  { "not_allowed_token_type", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "it is another kind of token" },
  { "not_authed", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "there is no token" },
  { "not_in_channel", ONC_API_ERROR_OTHER, ONC_ERROR_DENIED, "the token's owner is not in there" },
  { "org_login_required", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "the workspace is being moved" },
  { "plan_upgrade_required", ONC_API_ERROR_MISSING, ONC_ERROR_DENIED, "the plan has it not" },
  { "rate_limited", ONC_API_ERROR_WAIT, ONC_ERROR_RATE_LIMITED, "there were too many calls" },
  { "ratelimited", ONC_API_ERROR_WAIT, ONC_ERROR_RATE_LIMITED, "there were too many calls" },
  { "request_timeout", ONC_API_ERROR_TRANSIENT, ONC_ERROR_NOT_CONNECTED, "it took too long" },
  { "restricted_action", ONC_API_ERROR_OTHER, ONC_ERROR_DENIED, "the administrators forbid it" },
  { "service_unavailable", ONC_API_ERROR_TRANSIENT, ONC_ERROR_NOT_CONNECTED, "Slack is down" },
  { "team_added_to_org", ONC_API_ERROR_TRANSIENT, ONC_ERROR_NOT_CONNECTED, "Slack moves data" },
  { "team_disabled", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "the workspace is disabled" },
  { "thread_locked", ONC_API_ERROR_OTHER, ONC_ERROR_DENIED, "the thread is locked" },
  { "thread_not_found", ONC_API_ERROR_OTHER, ONC_ERROR_NOT_FOUND, "there is no such thread" },
  { "token_expired", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "the token has expired" },
  { "token_revoked", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "the token was revoked" },
  { "two_factor_setup_required", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "two factors are required" },
  { "unknown_method", ONC_API_ERROR_MISSING, ONC_ERROR_DENIED, "the server does not know it" },
  { "user_not_found", ONC_API_ERROR_OTHER, ONC_ERROR_NOT_FOUND, "there is no such person" },
  { "user_not_visible", ONC_API_ERROR_OTHER, ONC_ERROR_NOT_FOUND, "there is no such person" },
  { "user_removed_from_team", ONC_API_ERROR_STOP, ONC_ERROR_DENIED, "the account was removed" },
};

static void
onc_api_error_private_init (OncApiErrorPrivate *private)
{
}

static void
onc_api_error_private_copy (const OncApiErrorPrivate *source, OncApiErrorPrivate *copy)
{
  copy->word = g_strdup (source->word);
}

static void
onc_api_error_private_clear (OncApiErrorPrivate *private)
{
  g_free (private->word);
}

/* The macro casts bytes to the structure that GLib has put there, aligned. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-align"
G_DEFINE_EXTENDED_ERROR (OncApiError, onc_api_error)
#pragma GCC diagnostic pop

GError *
onc_api_error_new (OncApiError class, const char *method, const char *reason)
{
  return g_error_new (ONC_API_ERROR, class, "Slack refused %s: %s", method, reason);
}

/* Whether @word can be one of Slack's, and so be shown. */
static gboolean
is_word (const char *word)
{
  gsize length = word != NULL ? strspn (word, "abcdefghijklmnopqrstuvwxyz0123456789_") : 0;

  return length > 0 && length <= MAX_WORD_LENGTH && word[length] == '\0';
}

/* Returns: (transfer full): what the answer says of permissions, or "". */
static char *
describe_scopes (const cJSON *answer)
{
  const char *needed = onc_json_string (answer, "needed");
  const char *provided = onc_json_string (answer, "provided");

  if (needed == NULL)
    return g_strdup ("");
  return g_strdup_printf ("; it needs %s and has %s", needed,
                          provided != NULL && *provided != '\0' ? provided : "none");
}

GError *
onc_api_error_new_from_answer (const char *method, const cJSON *answer)
{
  const char *word = onc_json_string (answer, "error");
  g_autofree char *scopes = describe_scopes (answer);
  GError *error = NULL;

  if (!is_word (word))
    return onc_api_error_new (ONC_API_ERROR_TRANSIENT, method, "its answer makes no sense");

  for (guint i = 0; i < G_N_ELEMENTS (words) && error == NULL; i++)
    {
      if (g_str_equal (words[i].word, word))
        error = g_error_new (ONC_API_ERROR, words[i].class, "Slack refused %s: %s (%s)%s", method,
                             words[i].meaning, word, scopes);
    }
  if (error == NULL)
    error = onc_api_error_new (ONC_API_ERROR_OTHER, method, word);
  onc_api_error_get_private (error)->word = g_strdup (word);

  return error;
}

const char *
onc_api_error_get_word (const GError *error)
{
  return error->domain == ONC_API_ERROR ? onc_api_error_get_private (error)->word : NULL;
}

OncError
onc_api_error_to_public (const GError *error)
{
  const char *word = onc_api_error_get_word (error);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i].word, word))
        return words[i].public;
    }
  /* Slack has a family of these, for threads, read-only channels and the like */
  if (word != NULL && g_str_has_prefix (word, "restricted_action"))
    return ONC_ERROR_DENIED;

  if (g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT))
    return ONC_ERROR_NOT_CONNECTED;
  if (g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_WAIT))
    return ONC_ERROR_RATE_LIMITED;
  if (g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_STOP))
    return ONC_ERROR_DENIED;
  return ONC_ERROR_FAILED;
}
