/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fake-slack.h"

#include <string.h>

const char *
fake_request_get_method (const FakeRequest *request)
{
  return strrchr (request->path, '/') + 1;
}

GHashTable *
fake_request_get_params (const FakeRequest *request)
{
  g_autoptr (GError) error = NULL;
  GHashTable *params = g_uri_parse_params (request->body, -1, "&", G_URI_PARAMS_NONE, &error);

  g_assert_no_error (error);
  return params;
}

void
fake_peer_answer (FakePeer *self, const char *json)
{
  g_autofree char *body = g_strdelimit (g_strdup (json), "'", '"');

  fake_peer_respond (self, 200, "Content-Type: application/json\r\n", body);
}
