/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-day.h"
#include "probity-types.h"

G_BEGIN_DECLS

/**
 * ProbityProfileError:
 * @PROBITY_PROFILE_ERROR_NOT_FOUND: no profile of this name is installed
 * @PROBITY_PROFILE_ERROR_TOO_LARGE: beyond the limits of a profile
 * @PROBITY_PROFILE_ERROR_INVALID: a key that is missing, unknown, without its source, or has a value that it cannot have
 * @PROBITY_PROFILE_ERROR_FORBIDDEN: it would take away a check or the separation of duties
 * @PROBITY_PROFILE_ERROR_NEWER: of a format that this program does not know yet
 */
typedef enum
{
  PROBITY_PROFILE_ERROR_NOT_FOUND,
  PROBITY_PROFILE_ERROR_TOO_LARGE,
  PROBITY_PROFILE_ERROR_INVALID,
  PROBITY_PROFILE_ERROR_FORBIDDEN,
  PROBITY_PROFILE_ERROR_NEWER,
} ProbityProfileError;

#define PROBITY_PROFILE_ERROR (probity_profile_error_quark ())
GQuark probity_profile_error_quark (void);

/**
 * ProbityEmploymentGroup:
 * @id: `officer`, `special-constable`, `pcso`, `staff`, `volunteer`, …
 * @lawful_order: whether a decision binds as a lawful order (police officers only, and since @legal_basis_from)
 *
 * What a decision letter says to the people of a group. Texts are as they are printed.
 */
typedef struct
{
  char      *id;
  char      *title;
  gboolean   lawful_order;
  guint      appeal_days;        /* to appeal, from the day the letter was served */
  guint      decide_days;        /* to decide an appeal */
  char      *legal_basis;        /* of decisions from @legal_basis_from on */
  char      *legal_basis_before; /* nullable: of decisions before that day */
  ProbityDay legal_basis_from;   /* PROBITY_DAY_NONE where it does not matter */
  char      *lawful_order_text;  /* NULL where @lawful_order is FALSE */
  char      *appeal_to;
  char      *appeal_text;
  char      *companion_text;
} ProbityEmploymentGroup;

/**
 * ProbityCondition:
 * @review_months: after how many months keeping it is looked at
 *
 * A condition of the library that a decision can attach.
 */
typedef struct
{
  char *code;
  char *text;
  guint review_months;
} ProbityCondition;

/* ProbityProfile (probity-types.h): immutable and counted, for any thread. */
#define PROBITY_TYPE_PROFILE (probity_profile_get_type ())
GType           probity_profile_get_type (void);
ProbityProfile *probity_profile_new_from_bytes (GBytes     *bytes,
                                                const char *name,
                                                GError    **error);
ProbityProfile *probity_profile_load_builtin (const char *name,
                                              GError    **error);
ProbityProfile *probity_profile_ref (ProbityProfile *self);
void            probity_profile_unref (ProbityProfile *self);

/* What it is. */
const char *probity_profile_get_name (ProbityProfile *self);
const char *probity_profile_get_version (ProbityProfile *self);
const char *probity_profile_get_digest (ProbityProfile *self);
GBytes     *probity_profile_get_bytes (ProbityProfile *self);
ProbityDay  probity_profile_get_valid_from (ProbityProfile *self);
const char *probity_profile_get_force_name (ProbityProfile *self);
const char *probity_profile_get_department (ProbityProfile *self,
                                            const char     *department);
const char *probity_profile_get_source (ProbityProfile *self,
                                        const char     *group,
                                        const char     *key);
gboolean    probity_profile_is_setting (ProbityProfile *self,
                                        const char     *group,
                                        const char     *key);

/* The route of a second job. */
gboolean    probity_profile_requires_comment (ProbityProfile *self,
                                              const char     *for_role);
gboolean    probity_profile_requires_view (ProbityProfile *self);
const char *probity_profile_get_signatory (ProbityProfile *self);
gboolean    probity_profile_head_of_hr_may_comment_and_sign (ProbityProfile *self);
gboolean    probity_profile_numbers_second_jobs (ProbityProfile *self);
const char *probity_profile_get_stand_in (ProbityProfile *self,
                                          const char     *role);
guint       probity_profile_get_check_age_days (ProbityProfile *self);
GStrv       probity_profile_dup_required_systems (ProbityProfile *self,
                                                  const char     *check);

/* Hours, reviews, retention. */
int               probity_profile_get_weekly_limit (ProbityProfile *self);
int               probity_profile_get_local_cap (ProbityProfile *self);
guint             probity_profile_get_averaging_weeks (ProbityProfile *self);
ProbityDay        probity_profile_get_next_review (ProbityProfile *self,
                                                   ProbityDay      last);
guint             probity_profile_get_review_lead_days (ProbityProfile *self);
guint             probity_profile_get_retention_years (ProbityProfile *self);
const ProbityDay *probity_profile_get_extra_holidays (ProbityProfile *self,
                                                      gsize          *ret_n);

/* Closed lists. */
GStrv       probity_profile_dup_list (ProbityProfile *self,
                                      const char     *list);
const char *probity_profile_get_label (ProbityProfile *self,
                                       const char     *list,
                                       const char     *id);
const char *probity_profile_find (ProbityProfile *self,
                                  const char     *list,
                                  const char     *text);
const char *probity_profile_find_category (ProbityProfile *self,
                                           const char     *text);

/* Checklists of a kind of case at a stage. */
guint probity_profile_get_n_checklist (ProbityProfile *self,
                                       const char     *kind,
                                       const char     *stage);
void  probity_profile_get_checklist (ProbityProfile *self,
                                     const char     *kind,
                                     const char     *stage,
                                     guint           index,
                                     const char    **ret_code,
                                     const char    **ret_text,
                                     const char    **ret_source);

/* Conditions of approvals and their keeping. */
const char *probity_profile_get_compliance (ProbityProfile *self,
                                            const char     *key);

/* Conduct investigations, as of a day. */
const char *probity_profile_get_conduct_rule (ProbityProfile *self,
                                              ProbityDay      day,
                                              const char     *key);
const char *probity_profile_get_conduct_source (ProbityProfile *self,
                                                ProbityDay      day,
                                                const char     *key);

/* The stages of investigations, as of the day on which a case was received. */
GStrv       probity_profile_dup_stages (ProbityProfile *self,
                                        const char     *kind,
                                        ProbityDay      day);
const char *probity_profile_get_stage (ProbityProfile *self,
                                       const char     *kind,
                                       ProbityDay      day,
                                       const char     *stage,
                                       const char    **ret_source,
                                       guint          *ret_days);

/* Decision letters. */
const ProbityEmploymentGroup *probity_profile_get_employment_group (ProbityProfile *self,
                                                                    const char     *text);
const ProbityCondition       *probity_profile_get_condition (ProbityProfile *self,
                                                             const char     *code);
const char                   *probity_profile_get_letter_text (ProbityProfile *self,
                                                               const char     *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityProfile, probity_profile_unref)

G_END_DECLS
