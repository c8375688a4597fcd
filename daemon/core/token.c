/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "token.h"

#define C(class) ONC_CLASS_BIT (class)

const OncToken onc_no_token = { .kind = ONC_TOKEN_MARK };

gboolean
onc_token_can_follow_number (const OncToken *token)
{
  const guint64 ends = C (AND) | C (TAIL) | C (HEDGE) | C (FILLER) | C (PLEASE) | C (SUB) |
                       C (BEGIN) | C (FIRST) | C (YOU) | C (IF) | C (ME) | C (SOON) | C (WH) |
                       C (BE) | C (WILL) | C (MODAL) | C (IT) | C (URGENT) | C (POINT) |
                       C (WEEKDAY) | C (PREP) | C (SOMEONE) | C (PERSON) | C (THEY) | C (NOT);

  switch (token->kind)
    {
    case ONC_TOKEN_MARK:
      return token->value != '%' && token->value != '+' && token->value != '=' &&
             (token->value != '-' || (token->flags & ONC_TOKEN_GLUED) == 0);
    case ONC_TOKEN_NAME:
    case ONC_TOKEN_INSTANT:
      return TRUE;
    case ONC_TOKEN_WORD:
      /* "in my 70's" */
      if (token->id == ONC_WORD_AM || token->id == ONC_WORD_PM ||
          (onc_token_has (token, C (BE)) && (token->flags & ONC_TOKEN_GLUED) != 0))
        return FALSE;
      return ((token->classes & ends) != 0 && token->id != ONC_WORD_OF) ||
             token->id == ONC_WORD_TO || token->id == ONC_WORD_MORE ||
             token->id == ONC_WORD_ON_IT ||
             ((token->classes & (C (OUR) | C (ARTICLE))) != 0 && token->id != ONC_WORD_A);
    case ONC_TOKEN_NUMBER:
    case ONC_TOKEN_CLOCK:
    case ONC_TOKEN_DATE:
    case ONC_TOKEN_SLASHED:
    case ONC_TOKEN_OPAQUE:
    case ONC_TOKEN_STRUCK:
    case ONC_TOKEN_TIME:
    default:
      return FALSE;
    }
}

gboolean
onc_token_is_noun (const OncToken *token)
{
  if (token->kind == ONC_TOKEN_OPAQUE)
    return TRUE;
  if (token->kind != ONC_TOKEN_WORD)
    return FALSE;
  if (onc_token_has (token, C (NOUN) | C (EVENT) | C (NEWS) | C (TEAM)))
    return token->id != ONC_WORD_ETA;
  return onc_token_is_plain (token) && (token->flags & ONC_TOKEN_CAPITAL) == 0;
}
