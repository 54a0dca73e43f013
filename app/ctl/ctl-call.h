/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "probity-record.h"
#include "probity-session.h"

G_BEGIN_DECLS

/* One call of probityctl: its words, options and where its result goes. */

#define CTL_ERROR (ctl_error_quark ())
GQuark ctl_error_quark (void);

typedef enum
{
  CTL_ERROR_USAGE,  /* exit status 2 */
  CTL_ERROR_FAILED, /* exit status 1 */
  CTL_ERROR_FILE,
  CTL_ERROR_PROBLEM, /* the result is printed all the same: verify found something */
} CtlError;

typedef struct
{
  const char *name;      /* `second-job submit` */
  const char *arguments; /* as in the usage: `FOLDER REFERENCE` */
  guint       n_min;     /* positional arguments after the name */
  guint       n_max;
  const char *options; /* the options it takes besides --json, `as`, and the passphrase's; by commas */
} CtlSyntax;

typedef struct
{
  const CtlSyntax *syntax;
  char           **positional;
  GHashTable      *options; /* name → GPtrArray of values */
  gboolean         json;
  ProbitySession  *session; /* set for commands that sign in */
} CtlCall;

/** Runs in a fiber on the main thread. Returns: (transfer full): the document to print, or %NULL with @error. */
typedef JsonNode *(*CtlRunFunc) (CtlCall *call,
                                 GError **error);

typedef struct
{
  CtlSyntax  syntax;
  gboolean   signs_in; /* first argument is FOLDER, --as NAME is needed */
  CtlRunFunc run;
} CtlCommand;

/** The last value given for option @name, or %NULL. */
const char *ctl_call_get_option (CtlCall *call, const char *name);
/** All values given for option @name, %NULL-terminated. (transfer container) */
const char **ctl_call_get_options (CtlCall *call, const char *name);
/** As ctl_call_get_option(), CTL_ERROR_USAGE where it is missing. */
const char *ctl_call_require_option (CtlCall *call, const char *name, GError **error);
/** The names of option @name, separated by commas; CTL_ERROR_USAGE where it is missing. (transfer full) */
GStrv ctl_call_dup_names (CtlCall *call, const char *name, GError **error);
/** An option that is a whole number of 0 to @maximum. */
gboolean ctl_call_get_number (CtlCall *call, const char *name, guint64 fallback, guint64 maximum, guint64 *ret_number, GError **error);
/** The options given among @options, separated by commas, under the names of record fields: `soft-deadline` is soft_deadline. (transfer full) */
ProbityValues *ctl_call_dup_values (CtlCall *call, const char *options);
/** The positional argument @index, or %NULL. */
const char *ctl_call_get_argument (CtlCall *call, guint index);

/** Every command; ends with a %NULL name. */
extern const CtlCommand ctl_account_commands[];
extern const CtlCommand ctl_second_job_commands[];
extern const CtlCommand ctl_appeal_commands[];
extern const CtlCommand ctl_check_commands[];
extern const CtlCommand ctl_condition_commands[];
extern const CtlCommand ctl_review_commands[];
extern const CtlCommand ctl_case_commands[];
extern const CtlCommand ctl_seal_commands[];
extern const CtlCommand ctl_leak_commands[];
extern const CtlCommand ctl_conduct_commands[];
extern const CtlCommand ctl_exposure_commands[];
extern const CtlCommand ctl_person_commands[];
extern const CtlCommand ctl_relation_commands[];
extern const CtlCommand ctl_search_commands[];
extern const CtlCommand ctl_exhibit_commands[];
extern const CtlCommand ctl_list_commands[];
extern const CtlCommand ctl_casebook_commands[];
extern const CtlCommand ctl_backup_commands[];

/** Reads @argv. CTL_ERROR_USAGE for what cannot be understood. */
gboolean ctl_call_parse (CtlCall *call, const CtlCommand **ret_command, char **argv, GError **error);
void     ctl_call_clear (CtlCall *call);
/** The usage of all commands as lines. (transfer full) */
char *ctl_dup_usage (void);

G_END_DECLS
