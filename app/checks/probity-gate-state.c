/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"
#include "probity-instant.h"

/* The gate card: what of an examination this reader is shown, and what they can do next. */

static void
free_item (gpointer data)
{
  ProbityGateItem *self = data;

  g_free (self->who);
  g_free (self->when);
  g_free (self->detail);
  g_free (self);
}

static gpointer
copy_item (gconstpointer data,
           gpointer      user_data)
{
  const ProbityGateItem *item = data;
  ProbityGateItem       *copy = g_memdup2 (item, sizeof *item);

  copy->who = g_strdup (item->who);
  copy->when = g_strdup (item->when);
  copy->detail = g_strdup (item->detail);

  return copy;
}

static ProbityGateState *
probity_gate_state_copy (ProbityGateState *self)
{
  ProbityGateState *copy = g_memdup2 (self, sizeof *self);

  copy->items = g_ptr_array_copy (self->items, (GCopyFunc) copy_item, NULL);
  g_ptr_array_set_free_func (copy->items, free_item);
  copy->missing = g_strdupv (self->missing);
  copy->unseen = g_strdupv (self->unseen);
  copy->waiting_for = g_strdup (self->waiting_for);
  copy->next_step = g_strdup (self->next_step);

  return copy;
}

void
probity_gate_state_free (ProbityGateState *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_strfreev (self->missing);
  g_strfreev (self->unseen);
  g_free (self->waiting_for);
  g_free (self->next_step);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (ProbityGateState, probity_gate_state, probity_gate_state_copy, probity_gate_state_free)

typedef struct
{
  const ProbityGateSource *source;
  ProbityGate             *gate;
  ProbityGateState        *state;
  ProbityRoles             roles;
  gboolean                 inside;
  gboolean                 may_decide_appeal; /* a chief officer who took no part */
  gboolean                 to_serve;          /* HR has yet to record when the letter was served */
} Card;

static const char *
get_name (const ProbityGateSource *source,
          const char              *account)
{
  const ProbityAccount *found = account != NULL ? probity_keyring_find (source->keyring, account) : NULL;

  return found != NULL ? found->name : account;
}

static void
add_item (Card       *card,
          const char *code,
          gboolean    done,
          const char *who,
          const char *when,
          const char *detail)
{
  ProbityGateItem *item = g_new0 (ProbityGateItem, 1);

  item->code = g_intern_string (code);
  item->done = done;
  item->who = g_strdup (who);
  item->when = g_strdup (when);
  item->detail = g_strdup (detail);
  item->unseen = !done && g_ptr_array_find_with_equal_func (card->gate->unseen, code, g_str_equal, NULL);
  g_ptr_array_add (card->state->items, item);
}

static void
add_comment (Card       *card,
             const char *code,
             const char *for_role,
             const char *required)
{
  ProbityRow    *comment = probity_gate_find_comment (card->gate, for_role);
  ProbityRow    *waiver = probity_gate_find_waiver (card->gate, for_role);
  const gboolean acting = g_str_equal (for_role, "head-of-hr") && probity_record_get (card->gate->job, "head_of_hr_by") != NULL;

  if (comment != NULL)
    add_item (card, code, TRUE, get_name (card->source, probity_row_get (comment, "account")), probity_row_get (comment, "at"), probity_row_get_int (comment, "supports") != 0 ? "supports" : "does-not-support");
  else if (waiver != NULL)
    add_item (card, code, TRUE, get_name (card->source, probity_row_get (waiver, "account")), probity_row_get (waiver, "at"), "waived");
  else if (g_strcmp0 (probity_record_get (card->gate->job, required), "0") != 0)
    add_item (card, code, FALSE, acting ? "decider" : for_role, NULL, acting ? "in-place-of-head-of-hr" : NULL);
}

static void
add_check (Card            *card,
           ProbityCheckKind kind)
{
  ProbityGateCheck *check = &card->gate->checks[kind];
  const char       *code = kind == PROBITY_CHECK_COMPLAINTS ? "complaints-check" : "intelligence-check";

  if (check->clearance != NULL)
    add_item (card, code, TRUE, get_name (card->source, probity_row_get (check->clearance, "account")), probity_row_get (check->clearance, "at"), check->published != NULL ? probity_row_get (check->published, "result") : NULL);
  else
    add_item (card, code, FALSE, kind == PROBITY_CHECK_COMPLAINTS ? "psd-officer" : "acu-officer", NULL, check->published != NULL ? "stale" : NULL);
}

/* What stands in the way besides a step that somebody has yet to take. */
static void
add_obstacles (Card *card,
               GStrv told)
{
  static const char *const steps[] = {
    "line-manager-comment",
    "head-of-hr-comment",
    "complaints-check",
    "intelligence-check",
    "professional-standards-view",
    "professional-standards",
    "reasons-bundle",
    NULL,
  };

  for (guint i = 0; told[i] != NULL; i++)
    if (!g_strv_contains (steps, told[i]))
      add_item (card, told[i], FALSE, g_str_has_prefix (told[i], "sealed-") ? "sealed-holder" : "professional-standards", NULL, NULL);
}

static void
add_view (Card *card)
{
  ProbityRow *view = card->gate->view;

  if (view != NULL)
    add_item (card, "professional-standards-view", !card->gate->objection, get_name (card->source, probity_row_get (view, "account")), probity_row_get (view, "at"), card->gate->objection ? "objection" : "no-objection");
  else
    add_item (card, "professional-standards-view", FALSE, "decider", NULL, NULL);
}

static void
add_outside (Card *card)
{
  ProbityRow *view = card->gate->view;

  if (view != NULL)
    add_item (card, "professional-standards", !card->gate->objection, NULL, probity_row_get (view, "at"), card->gate->objection ? "objection" : "no-objection");
  else
    add_item (card, "professional-standards", FALSE, "professional-standards", NULL, NULL);
}

/* What is appealed against, the appeal, and the reasons that the chief officer decides on. */
static gboolean
add_appeal (Card    *card,
            GStrv    told,
            GError **error)
{
  ProbityGate *gate = card->gate;
  const char  *decision_uid = probity_record_get (gate->job, "decision_uid");
  g_autoptr (GPtrArray) decisions = probity_signed_load (&probity_signed_decision, card->source->registers, "uid = $key", decision_uid != NULL ? decision_uid : "", error);

  if (decisions == NULL)
    return FALSE;
  for (guint i = 0; i < decisions->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (decisions, i);

      add_item (card, "decision", TRUE, get_name (card->source, probity_row_get (row, "account")), probity_row_get (row, "at"), probity_row_get (row, "outcome"));
    }
  if (gate->appeal != NULL)
    add_item (card, "appeal", TRUE, get_name (card->source, probity_row_get (gate->appeal, "account")), probity_row_get (gate->appeal, "at"), NULL);

  if (card->inside)
    {
      add_check (card, PROBITY_CHECK_COMPLAINTS);
      add_check (card, PROBITY_CHECK_INTELLIGENCE);
      add_obstacles (card, told);
    }
  if (card->source->intelligence != NULL)
    {
      const gboolean done = gate->bundle != NULL && !probity_gate_lacks (gate, "reasons-bundle");

      add_item (card, "reasons-bundle", done, done ? get_name (card->source, probity_row_get (gate->bundle, "account")) : "decider", done ? probity_row_get (gate->bundle, "at") : NULL, NULL);
    }
  else if (!card->inside)
    {
      const gboolean done = gate->bundle != NULL && !g_strv_contains ((const char *const *) told, "professional-standards");

      add_item (card, "professional-standards", done, done ? NULL : "professional-standards", done ? probity_row_get (gate->bundle, "at") : NULL, NULL);
    }

  return TRUE;
}

/* After the decision the clearances stand in registers, for everybody. */
static gboolean
add_decided (Card    *card,
             GError **error)
{
  ProbityRecord *job = card->gate->job;
  const char    *decision_uid = probity_record_get (job, "decision_uid");
  g_autoptr (GPtrArray) clearances = NULL;
  g_autoptr (GPtrArray) decisions = NULL;

  if (decision_uid == NULL)
    return TRUE;
  clearances = probity_signed_load (&probity_signed_clearance, card->source->registers, "decision_uid = $key ORDER BY kind", decision_uid, error);
  decisions = clearances != NULL ? probity_signed_load (&probity_signed_decision, card->source->registers, "uid = $key", decision_uid, error)
                                 : NULL;
  if (decisions == NULL)
    return FALSE;
  for (guint i = 0; i < clearances->len; i++)
    {
      ProbityRow    *row = g_ptr_array_index (clearances, i);
      const gboolean complaints = g_strcmp0 (probity_row_get (row, "kind"), "complaints") == 0;

      add_item (card, complaints ? "complaints-check" : "intelligence-check", TRUE, get_name (card->source, probity_row_get (row, "account")), probity_row_get (row, "at"), NULL);
    }
  for (guint i = 0; i < decisions->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (decisions, i);

      add_item (card, "decision", TRUE, get_name (card->source, probity_row_get (row, "account")), probity_row_get (row, "at"), probity_row_get (row, "outcome"));
    }

  return TRUE;
}

static const char *
find_waiting (Card *card,
              GStrv told)
{
  ProbityRecord *job = card->gate->job;
  const char    *stage = probity_record_get (job, "stage");

  /* Who decides waits for the reasons that are sealed to them. */
  if (probity_second_job_has_appeal (job) && card->may_decide_appeal && card->gate->bundle == NULL)
    return "professional-standards";
  /* Outside nobody is told what happens inside before the chief officer decides. */
  if (probity_second_job_has_appeal (job))
    return told[0] == NULL || !card->inside ? "chief-officer" : "professional-standards";
  if (!probity_second_job_is_open (job))
    return g_strcmp0 (stage, "registered") == 0 ? "review" : "nobody";
  if (g_strcmp0 (stage, "deferred") == 0)
    return "applicant";
  if (g_strv_contains ((const char *const *) told, "line-manager-comment"))
    return "line-manager";
  if (g_strv_contains ((const char *const *) told, "head-of-hr-comment"))
    return probity_record_get (job, "head_of_hr_by") != NULL ? "professional-standards" : "head-of-hr";

  return told[0] != NULL ? "professional-standards" : "signatory";
}

static gboolean
may_comment (Card *card)
{
  ProbityGate *gate = card->gate;
  const char  *person = probity_session_get_person (card->source->session);
  const char  *own = probity_session_get_staff_number (card->source->session);

  if (probity_second_job_may_comment_as_head (card->source->session, gate->job) && probity_gate_lacks (gate, "head-of-hr-comment"))
    return TRUE;
  if (probity_gate_find_comment (gate, "line-manager") != NULL || probity_gate_find_waiver (gate, "line-manager") != NULL)
    return FALSE;
  if ((card->roles & PROBITY_ROLE_LINE_MANAGER) != 0 && own != NULL && person != NULL)
    {
      if (g_strcmp0 (probity_record_get (gate->job, "manager_staff_number"), own) == 0)
        return TRUE;
      for (guint i = 0; i < gate->stand_ins->len; i++)
        if (g_strcmp0 (probity_row_get (g_ptr_array_index (gate->stand_ins, i), "staff_number"), own) == 0)
          return TRUE;
    }

  return FALSE;
}

static gboolean
has_commented (ProbityGate *gate,
               const char  *person)
{
  for (guint i = 0; i < gate->comments->len; i++)
    if (g_strcmp0 (probity_row_get (g_ptr_array_index (gate->comments, i), "person"), person) == 0)
      return TRUE;

  return FALSE;
}

static const char *
find_next_step (Card *card)
{
  ProbitySession *session = card->source->session;
  ProbityGate    *gate = card->gate;
  ProbityRecord  *job = gate->job;
  const gboolean  commented = has_commented (gate, probity_session_get_person (session));
  const gboolean  appeal = probity_second_job_has_appeal (job);

  if (appeal && card->may_decide_appeal && gate->bundle != NULL)
    return "decide-appeal";
  if (card->to_serve)
    return "serve-letter";
  if (!appeal && g_strcmp0 (probity_record_get (job, "stage"), "registered") == 0)
    return probity_access_may (session, PROBITY_OPERATION_REVIEW) ? "review" : "none";
  if (!appeal && !probity_second_job_is_open (job))
    return "none";
  if (!appeal && card->state->may_decide)
    return "decide";
  if (may_comment (card))
    return "comment";
  if (card->inside && !commented && gate->checks[PROBITY_CHECK_COMPLAINTS].clearance == NULL &&
      probity_access_may (session, PROBITY_OPERATION_CHECK_COMPLAINTS))
    return "check-complaints";
  if (card->source->intelligence != NULL && !commented && gate->checks[PROBITY_CHECK_INTELLIGENCE].clearance == NULL &&
      probity_access_may (session, PROBITY_OPERATION_CHECK_INTELLIGENCE))
    return "check-intelligence";
  if (appeal)
    return card->source->intelligence != NULL && probity_gate_lacks (gate, "reasons-bundle") &&
                   gate->checks[PROBITY_CHECK_COMPLAINTS].clearance != NULL && gate->checks[PROBITY_CHECK_INTELLIGENCE].clearance != NULL &&
                   probity_access_may (session, PROBITY_OPERATION_SEAL_APPEAL)
               ? "seal-appeal"
               : "none";
  if (card->source->intelligence != NULL && g_strcmp0 (probity_record_get (job, "requires_view"), "1") == 0 && gate->view == NULL &&
      gate->checks[PROBITY_CHECK_COMPLAINTS].clearance != NULL && gate->checks[PROBITY_CHECK_INTELLIGENCE].clearance != NULL &&
      !probity_gate_is_barred (gate, session) && probity_access_may (session, PROBITY_OPERATION_VIEW))
    return "view";
  /* What cannot be approved yet can be refused or deferred; why it cannot is said where it is tried. */
  if (probity_second_job_is_signatory (card->roles, job) && !probity_gate_is_barred_from_deciding (gate, session))
    return "decide";

  return "none";
}

/* A letter with a right of appeal whose service nobody recorded. */
static gboolean
settle_service (Card    *card,
                GError **error)
{
  const char *outcome = probity_record_get (card->gate->job, "outcome");
  const char *decision_uid = probity_record_get (card->gate->job, "decision_uid");
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean served;

  if (decision_uid == NULL || (card->roles & (PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR)) == 0 ||
      !probity_access_may (card->source->session, PROBITY_OPERATION_LODGE_APPEAL) ||
      probity_record_get (card->gate->job, "appeal") != NULL ||
      (g_strcmp0 (outcome, "refused") != 0 && g_strcmp0 (outcome, "approved-with-conditions") != 0))
    return TRUE;
  statement = probity_db_query (card->source->registers, error, "SELECT 1 FROM letter_service WHERE decision_uid = $uid", "$uid", 's', decision_uid, NULL);
  if (statement == NULL || !probity_statement_step (statement, &served, error))
    return FALSE;
  card->to_serve = !served;

  return TRUE;
}

static gboolean
settle_appeal (Card    *card,
               GError **error)
{
  ProbitySession *session = card->source->session;
  g_autoptr (GHashTable) parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!probity_gate_load_appealed (card->gate, card->source, parts, error))
    return FALSE;
  card->may_decide_appeal = probity_access_may (session, PROBITY_OPERATION_DECIDE_APPEAL) && !probity_gate_is_barred (card->gate, session) &&
                            !g_hash_table_contains (parts, probity_session_get_person (session));

  return TRUE;
}

static gboolean
fill_state (Card    *card,
            GError **error)
{
  ProbityGate    *gate = card->gate;
  ProbitySession *session = card->source->session;
  const gboolean  appeal = probity_second_job_has_appeal (gate->job);
  const gboolean  open = appeal || probity_second_job_is_open (gate->job);
  g_auto (GStrv) told = open ? probity_gate_dup_told (gate, session) : g_new0 (char *, 1);

  if (g_strcmp0 (probity_record_get (gate->job, "outcome"), "brought-forward") != 0)
    {
      add_comment (card, "line-manager-comment", "line-manager", "requires_line_manager_comment");
      add_comment (card, "head-of-hr-comment", "head-of-hr", "requires_head_of_hr_comment");
    }

  if (appeal)
    {
      if (!add_appeal (card, told, error) || !settle_appeal (card, error))
        return FALSE;
    }
  else if (!open)
    {
      if (!add_decided (card, error) || !settle_service (card, error))
        return FALSE;
    }
  else if (card->inside)
    {
      add_check (card, PROBITY_CHECK_COMPLAINTS);
      add_check (card, PROBITY_CHECK_INTELLIGENCE);
      add_obstacles (card, told);
      if (g_strcmp0 (probity_record_get (gate->job, "requires_view"), "1") == 0)
        add_view (card);
    }
  else
    {
      add_outside (card);
    }

  /* The unit's advice is a request to the decider, and no bar. */
  if (open && (card->roles & PROBITY_ROLE_DECIDER) != 0 && gate->advice != NULL &&
      g_strcmp0 (probity_row_get (gate->advice, "advice"), "none") != 0)
    add_item (card, "advice", FALSE, get_name (card->source, probity_row_get (gate->advice, "account")), probity_row_get (gate->advice, "at"), probity_row_get (gate->advice, "advice"));

  card->state->may_decide = open && told[0] == NULL &&
                            (appeal ? card->may_decide_appeal
                                    : probity_second_job_is_signatory (card->roles, gate->job) && !probity_gate_is_barred_from_deciding (gate, session));
  card->state->waiting_for = g_strdup (find_waiting (card, told));
  card->state->next_step = g_strdup (find_next_step (card));
  card->state->unseen = probity_gate_dup_unseen (gate, told);
  card->state->missing = g_steal_pointer (&told);

  return TRUE;
}

static gboolean
load_gate (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbityStep      *step = data;
  ProbityCasebook  *casebook = probity_session_get_casebook (step->session);
  ProbityGateSource source = { 0 };
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityGate) gate = NULL;
  g_autoptr (ProbityGateState) state = NULL;
  g_autofree char *now = probity_clock_dup_now (probity_casebook_get_clock (casebook));
  gboolean         ready;

  if (!probity_step_find_read (step, read, NULL, &job, error))
    return FALSE;
  ready = probity_gate_source_init_read (&source, step->session, read, error);
  keyring = source.keyring;
  source.now = now;
  if (!ready || (gate = probity_gate_examine (&source, job, error)) == NULL)
    return FALSE;

  state = g_new0 (ProbityGateState, 1);
  state->items = g_ptr_array_new_with_free_func (free_item);
  if (!fill_state (&(Card) {
                       .source = &source,
                       .gate = gate,
                       .state = state,
                       .roles = probity_session_get_roles (step->session),
                       .inside = source.standards != NULL,
                   },
                   error))
    return FALSE;

  g_value_init (result, PROBITY_TYPE_GATE_STATE);
  g_value_take_boxed (result, g_steal_pointer (&state));

  return TRUE;
}

/**
 * probity_second_job_load_gate:
 *
 * Examines the gate of a case over all compartments that the reader holds.
 */
DexFuture *
probity_second_job_load_gate (ProbitySession *session,
                              const char     *reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("gate");

  return probity_step_read_for_page (step, load_gate);
}

DexFuture *
probity_second_job_peek_gate (ProbitySession *session,
                              const char     *reference)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  return probity_step_read_unasked (probity_second_job_step_new (session, reference), load_gate);
}
