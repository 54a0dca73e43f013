-- SPDX-License-Identifier: GPL-3.0-or-later
-- registers, version 2: the words by which people, organisations and second jobs are found.
--
-- An index a source of probity-search-sources.c, kept in step by triggers. Indexes of the first two,
-- three and four letters answer what somebody has begun to type; search_text is folded already. The column of
-- weights is no words of the row: by them the rows that answer best are read first (probity-db-weights.h).
--
-- The first secure deletion changes the format of an index, and a connection that read the index before
-- does not notice: it then takes the index for damaged. So the first deletion is made here.

@include words-of-column-2.sql index=search_person table=person column=search_text

@include words-of-column-2.sql index=search_organisation table=organisation column=search_text

CREATE VIEW search_second_job_words AS
SELECT id, search_text, applicant_sort_name, staff_number, licensed_trade,
  pattern, police_skills, police_powers, police_information, police_equipment, customers, relatives_interests,
  relatives_licences, publicity,
  probity_weights (search_text, applicant_sort_name, staff_number, licensed_trade, pattern, police_skills,
    police_powers, police_information, police_equipment, customers, relatives_interests, relatives_licences,
    publicity) AS weights FROM second_job;

CREATE VIRTUAL TABLE search_second_job USING fts5 (
  search_text, applicant_sort_name, staff_number, licensed_trade, pattern, police_skills, police_powers,
    police_information, police_equipment, customers, relatives_interests, relatives_licences, publicity, weights,
  content = 'search_second_job_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_second_job (search_second_job, rank) VALUES ('secure-delete', 1);
INSERT INTO search_second_job (search_second_job) VALUES ('rebuild');
INSERT INTO search_second_job (rowid, search_text) VALUES (0, 'x');
INSERT INTO search_second_job (search_second_job, rowid, search_text) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_second_job_insert AFTER INSERT ON second_job
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'second_job' AND new.id > after) BEGIN
  INSERT INTO search_second_job (rowid, search_text, applicant_sort_name, staff_number, licensed_trade, pattern,
    police_skills, police_powers, police_information, police_equipment, customers, relatives_interests,
    relatives_licences, publicity, weights)
  VALUES (new.id, new.search_text, new.applicant_sort_name, new.staff_number, new.licensed_trade, new.pattern,
    new.police_skills, new.police_powers, new.police_information, new.police_equipment, new.customers,
    new.relatives_interests, new.relatives_licences, new.publicity,
    probity_weights (new.search_text, new.applicant_sort_name, new.staff_number, new.licensed_trade, new.pattern,
      new.police_skills, new.police_powers, new.police_information, new.police_equipment, new.customers,
      new.relatives_interests, new.relatives_licences, new.publicity));
END;
CREATE TRIGGER search_second_job_delete AFTER DELETE ON second_job
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'second_job' AND old.id > after) BEGIN
  INSERT INTO search_second_job (search_second_job, rowid, search_text, applicant_sort_name, staff_number,
    licensed_trade, pattern, police_skills, police_powers, police_information, police_equipment, customers,
    relatives_interests, relatives_licences, publicity, weights)
  VALUES ('delete', old.id, old.search_text, old.applicant_sort_name, old.staff_number, old.licensed_trade,
    old.pattern, old.police_skills, old.police_powers, old.police_information, old.police_equipment, old.customers,
    old.relatives_interests, old.relatives_licences, old.publicity,
    probity_weights (old.search_text, old.applicant_sort_name, old.staff_number, old.licensed_trade, old.pattern,
      old.police_skills, old.police_powers, old.police_information, old.police_equipment, old.customers,
      old.relatives_interests, old.relatives_licences, old.publicity));
END;
CREATE TRIGGER search_second_job_update AFTER UPDATE OF search_text, applicant_sort_name, staff_number, licensed_trade,
    pattern, police_skills, police_powers, police_information, police_equipment, customers, relatives_interests,
    relatives_licences, publicity ON second_job
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'second_job' AND old.id > after)
  AND (new.search_text IS NOT old.search_text OR new.applicant_sort_name IS NOT old.applicant_sort_name
   OR new.staff_number IS NOT old.staff_number OR new.licensed_trade IS NOT old.licensed_trade
   OR new.pattern IS NOT old.pattern OR new.police_skills IS NOT old.police_skills
   OR new.police_powers IS NOT old.police_powers OR new.police_information IS NOT old.police_information
   OR new.police_equipment IS NOT old.police_equipment OR new.customers IS NOT old.customers
   OR new.relatives_interests IS NOT old.relatives_interests OR new.relatives_licences IS NOT old.relatives_licences
   OR new.publicity IS NOT old.publicity) BEGIN
  INSERT INTO search_second_job (search_second_job, rowid, search_text, applicant_sort_name, staff_number,
    licensed_trade, pattern, police_skills, police_powers, police_information, police_equipment, customers,
    relatives_interests, relatives_licences, publicity, weights)
  VALUES ('delete', old.id, old.search_text, old.applicant_sort_name, old.staff_number, old.licensed_trade,
    old.pattern, old.police_skills, old.police_powers, old.police_information, old.police_equipment, old.customers,
    old.relatives_interests, old.relatives_licences, old.publicity,
    probity_weights (old.search_text, old.applicant_sort_name, old.staff_number, old.licensed_trade, old.pattern,
      old.police_skills, old.police_powers, old.police_information, old.police_equipment, old.customers,
      old.relatives_interests, old.relatives_licences, old.publicity));
  INSERT INTO search_second_job (rowid, search_text, applicant_sort_name, staff_number, licensed_trade, pattern,
    police_skills, police_powers, police_information, police_equipment, customers, relatives_interests,
    relatives_licences, publicity, weights)
  VALUES (new.id, new.search_text, new.applicant_sort_name, new.staff_number, new.licensed_trade, new.pattern,
    new.police_skills, new.police_powers, new.police_information, new.police_equipment, new.customers,
    new.relatives_interests, new.relatives_licences, new.publicity,
    probity_weights (new.search_text, new.applicant_sort_name, new.staff_number, new.licensed_trade, new.pattern,
      new.police_skills, new.police_powers, new.police_information, new.police_equipment, new.customers,
      new.relatives_interests, new.relatives_licences, new.publicity));
END;

@include words-of-column-2.sql index=search_comment table=second_job_comment column=text

@include words-of-column-2.sql index=search_decision table=decision column=open_reasons

CREATE TRIGGER words_release_person AFTER DELETE ON words_hold WHEN old.held = 'person' BEGIN
    INSERT INTO search_person (rowid, search_text, weights)
    SELECT id, search_text, weights FROM search_person_words WHERE id > old.after;
END;

CREATE TRIGGER words_release_second_job AFTER DELETE ON words_hold WHEN old.held = 'second_job' BEGIN
    INSERT INTO search_second_job (rowid, search_text, applicant_sort_name, staff_number, licensed_trade, pattern,
      police_skills, police_powers, police_information, police_equipment, customers, relatives_interests,
      relatives_licences, publicity, weights)
    SELECT id, search_text, applicant_sort_name, staff_number, licensed_trade, pattern, police_skills, police_powers,
      police_information, police_equipment, customers, relatives_interests, relatives_licences, publicity,
      weights FROM search_second_job_words WHERE id > old.after;
END;
