# SPDX-License-Identifier: GPL-3.0-or-later
#
# The rules of a force as Probity keeps them. Each value has its source beside it; "setting" is what no source
# states, to be set by the force. A copy goes into every casebook that is made with it, and a case keeps the version
# under which it was received.

[Profile]
Format=1
Name=derbyshire
Valid-From=2011-09-01
Source.Valid-From=HMIC reports of December 2012: second jobs are counted since September 2011
Force-Name=Derbyshire Constabulary
Source.Force-Name=HMIC, Revisiting police relationships: progress report, Derbyshire Constabulary, December 2012

[Departments]
Professional-Standards=Professional Standards Department
Source.Professional-Standards=HMIC, Revisiting police relationships: progress report, Derbyshire Constabulary, December 2012
Professional-Standards-Short=PSD
Source.Professional-Standards-Short=HMIC, Revisiting police relationships: progress report, Derbyshire Constabulary, December 2012
Anti-Corruption=Anti-Corruption Unit
Source.Anti-Corruption=HMIC reports of December 2012: anti-corruption unit
Human-Resources=Human Resources
Source.Human-Resources=HMIC, Revisiting police relationships: progress report, Derbyshire Constabulary, December 2012
Chief-Officer=the Chief Constable
Source.Chief-Officer=Police Regulations 2003, reg. 9: the chief officer decides appeals

[Route]
Line-Manager-Comment=required
Source.Line-Manager-Comment=HMIC, Revisiting police relationships: progress report, Derbyshire Constabulary, December 2012: applications are reviewed by line managers, who can comment
Head-Of-HR-Comment=required
Source.Head-Of-HR-Comment=HMIC, Revisiting police relationships: progress report, Derbyshire Constabulary, December 2012: applications are reviewed by the head of Human Resources, who can comment
View=required
Source.View=HMIC, Revisiting police relationships: progress report, Derbyshire Constabulary, December 2012: before final approval PSD reviews the application; that it is given as a view is a setting
View-By=decider
Source.View-By=setting: the head of the Professional Standards Department
Signatory=head-of-hr
Source.Signatory=setting: the report does not say who gives final approval
Approve-Over-Objection=no
Source.Approve-Over-Objection=house rule: an approval never goes over professional standards' objection
Head-Of-HR-May-Comment-And-Sign=yes
Source.Head-Of-HR-May-Comment-And-Sign=setting: the report names the head of HR alone for the department
Separation-Of-Duties=required
Source.Separation-Of-Duties=house rule: applicant, line manager, checkers and decider are different people

[References]
Second-Jobs=drawn
Source.Second-Jobs=setting: drawn like those of investigations (SJ/7KQ2MX); numbered runs through the year without a gap (SJ/2026/0007), where a number that is missing tells that a second job was sealed

[Checks]
Complaints=required
Source.Complaints=house rule: no profile removes a check
Intelligence=required
Source.Intelligence=house rule: no profile removes a check
Maximum-Age-Days=28
Source.Maximum-Age-Days=setting: not stated by the reports
Required-Systems-Complaints=
Source.Required-Systems-Complaints=setting: none is required
Required-Systems-Intelligence=
Source.Required-Systems-Intelligence=setting: none is required

[Stand-Ins]
line-manager=named
Source.line-manager=setting: HR or professional standards name a stand-in, with a reason
head-of-hr=decider
Source.head-of-hr=setting: where the applicant is the head of HR, or the only one is their line manager, professional standards comment and sign
decider=decider
Source.decider=setting: where the applicant is a decider, another decider acts
psd-officer=acu-officer
Source.psd-officer=setting: where the applicant is the only PSD officer, the anti-corruption unit checks
acu-officer=acu-officer
Source.acu-officer=setting: where the applicant is an ACU officer, another one checks

[Hours]
Weekly-Limit=48
Source.Weekly-Limit=Working Time Regulations 1998: average with police hours
Averaging-Weeks=17
Source.Averaging-Weeks=Working Time Regulations 1998: reference period
Local-Cap=off
Source.Local-Cap=setting: a weekly cap on other work, 16 hours is sometimes quoted; no source was found

[Review]
Interval-Months=12
Source.Interval-Months=HMIC, Revisiting police relationships: progress report, Derbyshire Constabulary, December 2012: all registered second jobs are subject to an annual review
Month=0
Source.Month=setting: 0 is the anniversary of approval, 1 to 12 one month for all
Lead-Days=28
Source.Lead-Days=setting: from when a review is on the due list

[Retention]
Review-Years=7
Source.Review-Years=setting: after the job has ceased; seven years cover civil claims (Metropolitan Police schedule)

[Working-Days]
Extra-Bank-Holidays=
Source.Extra-Bank-Holidays=setting: days proclaimed since this program was made, as 2027-06-07;…

[Letter]
Reply-To=Head of Human Resources
Source.Reply-To=setting
Approved=Your application to hold the second job described below has been approved.
Source.Approved=setting: wording
Approved-With-Conditions=Your application to hold the second job described below has been approved on the conditions set out in this letter. If you do not keep them, the approval may be withdrawn.
Source.Approved-With-Conditions=setting: wording
Refused=Your application to hold the second job described below has been refused.
Source.Refused=setting: wording
Deferred=A decision on your application to hold the second job described below is deferred until we know what is listed in this letter. You must not start, or go on with, this work until you have a decision.
Source.Deferred=setting: wording
Change=You must tell us at once if anything in your application changes. The approval covers only what is described here.
Source.Change=setting: wording
Review=The approval will be reviewed every year. You will be asked for a return; if it is not made, the approval may lapse.
Source.Review=HMIC, Revisiting police relationships: progress report, Derbyshire Constabulary, December 2012: all registered second jobs are subject to an annual review
Footer=Issued by Probity under the force's policy on business interests.
Source.Footer=setting: wording

[Categories]
Source=Avon and Somerset Constabulary, register of business interests (categories); other: for what fits none of them
property-rental=Property rental
paid-hobby=Paid hobby
self-employed=Self-employed
trainer-teacher=Trainer or teacher
consultant-advisor-surveyor=Consultant, advisor or surveyor
waged=Waged work
business-with-others=Business with others
family-business=Family business
musical-entertainer=Musical entertainer
voluntary-work=Voluntary work
other=Other

[Allegation-Types]
Source=setting: the categories of the IOPC's guidance on capturing data of 2020; check against the issue in force
delivery-of-duties=Delivery of duties and service
powers-policies-procedures=Police powers, policies and procedures
property=Handling of or damage to property or premises
disclosure=Access to or disclosure of information
vehicles=Use of police vehicles
discrimination=Discriminatory behaviour
corruption=Abuse of position or corruption
individual-behaviours=Individual behaviours
sexual-conduct=Sexual conduct
discreditable-conduct=Discreditable conduct
other=Other

[Corruption-Categories]
Source=Counter-Corruption (Intelligence) APP, the twelve categories as quoted by HMICFRS in 2022; a list to edit, not a grading
infiltration=Infiltration
disclosure=Disclosure of information
perverting-justice=Perverting the course of justice
sexual-misconduct=Sexual misconduct
controlled-drugs=Controlled drug use and supply
theft-fraud=Theft and fraud
misuse-of-systems=Misusing force systems
abuse-of-authority=Abuse of authority
inappropriate-association=Inappropriate association
vulnerability=Vulnerability
assisting-crime=Commit, incite, aid and abet, or assist an offender in the commission of a crime
other=Other

[Source-Evaluations]
Source=College of Policing, APP intelligence management, intelligence report 3x5x2
1=Reliable
2=Untested
3=Not reliable

[Information-Assessments]
Source=College of Policing, APP intelligence management, intelligence report 3x5x2
A=Known directly to the source
B=Known indirectly to the source but corroborated
C=Known indirectly to the source
D=Not known
E=Suspected to be false

[Handling-Codes]
Source=College of Policing, APP intelligence management, intelligence report 3x5x2
P=Lawful sharing permitted
C=Lawful sharing permitted with conditions

[Handling-Conditions]
Source=College of Policing, APP intelligence management, conditions to handling code C
A1=Covert development
A2=Covert use
A3=Overt use
S1=Delegated authority to sanitise
S2=Consult the originator before sharing

[Other-Systems-Complaints]
Source=setting: where a complaints check may look besides this casebook; none is required
previous-forces=Previous forces
grievances=Grievance and misconduct files on paper
civil-claims=Civil claims

[Other-Systems-Intelligence]
Source=setting: where an intelligence check may look besides this casebook; none is required
national-intelligence=National intelligence systems
force-intelligence=Force intelligence system
previous-forces=Previous forces
companies-house=Companies House
open-sources=Open sources

[Outlets]
Source=setting: newspapers and broadcasters that screening looks for; add the force's own area, and lists Operations and Journalists
bbc=BBC
itv-news=ITV News
sky-news=Sky News
channel-4-news=Channel 4 News
the-guardian=The Guardian
the-times=The Times
daily-telegraph=Daily Telegraph
daily-mail=Daily Mail
daily-mirror=Daily Mirror
daily-express=Daily Express
the-sun=The Sun
the-independent=The Independent
press-association=Press Association
derby-telegraph=Derby Telegraph
derbyshire-times=Derbyshire Times

[Employment-Groups]
Default=staff
Source.Default=setting: for a group that the list does not know

[Employment-Group officer]
Title=Police officer
Source.Title=Police Regulations 2003, reg. 7, as substituted by SI 2012/1960 from 20 August 2012
Aliases=police officer;constable;regular;regular officer
Source.Aliases=setting: how staff systems write it
Legal-Basis=This decision is made under regulations 7 and 8 of the Police Regulations 2003, as substituted by SI 2012/1960.
Source.Legal-Basis=Police Regulations 2003, reg. 7, as substituted by SI 2012/1960 from 20 August 2012
Legal-Basis-From=2012-08-20
Source.Legal-Basis-From=Police Regulations 2003, reg. 7, as substituted by SI 2012/1960 from 20 August 2012
Legal-Basis-Before=This decision is made under regulation 7 of the Police Regulations 2003.
Source.Legal-Basis-Before=Police Regulations 2003, before SI 2012/1960
Lawful-Order=yes
Source.Lawful-Order=Police Regulations 2003, reg. 7, as substituted by SI 2012/1960 from 20 August 2012
Lawful-Order-Text=Where an interest is found to be incompatible with membership of the force and there is no appeal, or the appeal is dismissed, this decision is a lawful order. Failure to abide by it will be treated as a case to answer for gross misconduct.
Source.Lawful-Order-Text=Police Regulations 2003, reg. 7, as substituted by SI 2012/1960 from 20 August 2012
Appeal-Days=10
Source.Appeal-Days=setting: days for England and Wales not verified; Northern Ireland has 10 days (NISR 2004/2)
Decide-Days=28
Source.Decide-Days=setting: not verified for England and Wales
Appeal-To=the Chief Constable
Source.Appeal-To=Police Regulations 2003, reg. 9: the chief officer, personally or an acting chief officer
Appeal-Text=You may appeal in writing to the Chief Constable within {appeal-days} days of the day on which this letter was served on you. The appeal will be decided within {decide-days} days of its receipt. The Chief Constable, or an acting chief officer, decides it in person.
Source.Appeal-Text=Police Regulations 2003, reg. 9, as substituted by SI 2012/1960
Companion-Text=You may be helped by a police friend: a police officer, a member of police staff, or a person nominated by your staff association, who is not otherwise involved in the matter.
Source.Companion-Text=Police Regulations 2003, reg. 9: police friend

[Employment-Group special-constable]
Title=Special constable
Source.Title=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Aliases=special;specials;special constabulary
Source.Aliases=setting: how staff systems write it
Legal-Basis=This decision is made under the force's policy on business interests, which applies to the special constabulary the definition of regulation 7 of the Police Regulations 2003.
Source.Legal-Basis=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Lawful-Order=no
Source.Lawful-Order=lawful orders bind police officers only (Police Regulations 2003, reg. 7, as substituted by SI 2012/1960 from 20 August 2012)
Appeal-Days=10
Source.Appeal-Days=setting: as for officers
Decide-Days=28
Source.Decide-Days=setting: as for officers
Appeal-To=the Chief Constable
Source.Appeal-To=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Appeal-Text=You may ask {appeal-to} in writing for a review of this decision within {appeal-days} days of the day on which this letter was served on you. You will have an answer within {decide-days} days of its receipt.
Source.Appeal-Text=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Companion-Text=You may be helped by a police friend who is not otherwise involved in the matter.
Source.Companion-Text=setting: not under the Police Regulations; the force applies the same definition by policy and contract

[Employment-Group pcso]
Title=Police community support officer
Source.Title=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Aliases=police community support officer;community support officer
Source.Aliases=setting: how staff systems write it
Legal-Basis=This decision is made under the force's policy on business interests and your contract of employment.
Source.Legal-Basis=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Lawful-Order=no
Source.Lawful-Order=lawful orders bind police officers only (Police Regulations 2003, reg. 7, as substituted by SI 2012/1960 from 20 August 2012)
Appeal-Days=10
Source.Appeal-Days=setting: as for officers
Decide-Days=28
Source.Decide-Days=setting: as for officers
Appeal-To=the Chief Constable
Source.Appeal-To=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Appeal-Text=You may ask {appeal-to} in writing for a review of this decision within {appeal-days} days of the day on which this letter was served on you. You will have an answer within {decide-days} days of its receipt.
Source.Appeal-Text=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Companion-Text=You may be accompanied by a trade union representative or a colleague who is not otherwise involved in the matter.
Source.Companion-Text=setting: not under the Police Regulations; the force applies the same definition by policy and contract

[Employment-Group staff]
Title=Police staff
Source.Title=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Aliases=police staff;support staff;civilian;employee
Source.Aliases=setting: how staff systems write it
Legal-Basis=This decision is made under the force's policy on business interests and your contract of employment.
Source.Legal-Basis=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Lawful-Order=no
Source.Lawful-Order=lawful orders bind police officers only (Police Regulations 2003, reg. 7, as substituted by SI 2012/1960 from 20 August 2012)
Appeal-Days=10
Source.Appeal-Days=setting: as for officers
Decide-Days=28
Source.Decide-Days=setting: as for officers
Appeal-To=the Chief Constable
Source.Appeal-To=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Appeal-Text=You may ask {appeal-to} in writing for a review of this decision within {appeal-days} days of the day on which this letter was served on you. You will have an answer within {decide-days} days of its receipt.
Source.Appeal-Text=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Companion-Text=You may be accompanied by a trade union representative or a colleague who is not otherwise involved in the matter.
Source.Companion-Text=setting: not under the Police Regulations; the force applies the same definition by policy and contract

[Employment-Group volunteer]
Title=Police volunteer
Source.Title=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Aliases=police support volunteer;psv;cadet leader
Source.Aliases=setting: how staff systems write it
Legal-Basis=This decision is made under the force's policy on business interests, to which your volunteer agreement refers.
Source.Legal-Basis=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Lawful-Order=no
Source.Lawful-Order=lawful orders bind police officers only (Police Regulations 2003, reg. 7, as substituted by SI 2012/1960 from 20 August 2012)
Appeal-Days=10
Source.Appeal-Days=setting: as for officers
Decide-Days=28
Source.Decide-Days=setting: as for officers
Appeal-To=the Chief Constable
Source.Appeal-To=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Appeal-Text=You may ask {appeal-to} in writing for a review of this decision within {appeal-days} days of the day on which this letter was served on you. You will have an answer within {decide-days} days of its receipt.
Source.Appeal-Text=setting: not under the Police Regulations; the force applies the same definition by policy and contract
Companion-Text=You may be accompanied by a person of your choice who is not otherwise involved in the matter.
Source.Companion-Text=setting: not under the Police Regulations; the force applies the same definition by policy and contract

[Compliance]
Review-Months=12
Source.Review-Months=setting: after how many months a condition in free words is looked at
Not-Kept-Months=1
Source.Not-Kept-Months=setting: what was not kept is looked at again soon
Not-Kept-Action=yes
Source.Not-Kept-Action=setting: conditions that are not kept are a known failure, so something is to be done
Action-Days=10
Source.Action-Days=setting: working days for it
Not-Kept-Recheck=yes
Source.Not-Kept-Recheck=setting: both checks are made again
Not-Kept-Decider=yes
Source.Not-Kept-Decider=setting: who decides is told, and answers

[Condition no-police-information]
Text=You must not use police information, systems, powers, uniform or equipment in this work, nor refer to your police role to promote it.
Source.Text=setting: a library to edit; conditions that are not kept are a known failure, so each has its review
Review-Months=12
Source.Review-Months=setting: a library to edit; conditions that are not kept are a known failure, so each has its review

[Condition no-duty-time]
Text=You must not do this work, or anything connected with it, in duty time, while on call, or while absent through sickness or on restricted duty, unless this is agreed in writing first.
Source.Text=setting: a library to edit; conditions that are not kept are a known failure, so each has its review
Review-Months=12
Source.Review-Months=setting: a library to edit; conditions that are not kept are a known failure, so each has its review

[Condition hours-limit]
Text=Your hours of duty, overtime and other work together must not exceed an average of 48 hours a week, and you must keep eleven hours of rest between them.
Source.Text=setting: a library to edit; conditions that are not kept are a known failure, so each has its review
Review-Months=6
Source.Review-Months=setting: a library to edit; conditions that are not kept are a known failure, so each has its review

[Condition no-force-customers]
Text=You must not do this work for anyone whom you have met in the course of your police duties, nor for a supplier of the force.
Source.Text=setting: a library to edit; conditions that are not kept are a known failure, so each has its review
Review-Months=12
Source.Review-Months=setting: a library to edit; conditions that are not kept are a known failure, so each has its review

[Condition not-in-force-area]
Text=You must not do this work in the area of the unit in which you serve.
Source.Text=setting: a library to edit; conditions that are not kept are a known failure, so each has its review
Review-Months=12
Source.Review-Months=setting: a library to edit; conditions that are not kept are a known failure, so each has its review

[Condition report-change]
Text=You must report any change of employer, nature, place or hours of this work before it happens.
Source.Text=setting: a library to edit; conditions that are not kept are a known failure, so each has its review
Review-Months=12
Source.Review-Months=setting: a library to edit; conditions that are not kept are a known failure, so each has its review

[Condition licence-tax-insurance]
Text=You must hold the licences and insurance that this work requires, and declare its income for tax.
Source.Text=setting: a library to edit; conditions that are not kept are a known failure, so each has its review
Review-Months=12
Source.Review-Months=setting: a library to edit; conditions that are not kept are a known failure, so each has its review

[Condition no-media]
Text=You must not appear in the media or on social networks as a member of the force in connection with this work.
Source.Text=setting: a library to edit; conditions that are not kept are a known failure, so each has its review
Review-Months=12
Source.Review-Months=setting: a library to edit; conditions that are not kept are a known failure, so each has its review

[Standards-Of-Behaviour]
Source=Police (Conduct) Regulations, Schedule 2: standards of professional behaviour
honesty-integrity=Honesty and integrity
authority-respect-courtesy=Authority, respect and courtesy
equality-diversity=Equality and diversity
use-of-force=Use of force
orders-instructions=Orders and instructions
duties-responsibilities=Duties and responsibilities
confidentiality=Confidentiality
fitness-for-work=Fitness for work
discreditable-conduct=Discreditable conduct
challenging-reporting=Challenging and reporting improper conduct

[Referral-Criteria]
Source=Police (Complaints and Misconduct) Regulations 2020, regs 4 and 7: mandatory referral; none: none of them is met
serious-assault=Serious assault
serious-sexual-offence=Serious sexual offence
serious-corruption=Serious corruption, with abuse of position for a sexual purpose or an improper emotional relationship
aggravated-by-discrimination=Criminal offence or behaviour aggravated by discrimination
relevant-offence=Relevant offence
same-incident=Same incident as conduct of these kinds
chief-officer=Conduct of a chief officer
death-or-serious-injury=Death or serious injury
none=None of them, if what is alleged were shown to be true

[Conduct-Rules 2008-12-01]
Severity-Rule=Police (Conduct) Regulations 2008, reg. 12
Source.Severity-Rule=setting: not verified against the regulations as made
Notice-Rule=Police (Conduct) Regulations 2008, reg. 15
Source.Notice-Rule=setting: the notice was known as that of regulation 15; not verified against the regulations as made
Representation-Days=10
Source.Representation-Days=setting: working days, as since 2020
Report-Rule=none
Source.Report-Rule=setting: reports of the time taken came with the regulations of 2020
First-Report-Months=0
Source.First-Report-Months=setting: 0 is no report
Next-Report-Months=0
Source.Next-Report-Months=setting: 0 is no report
Severity-Routes=management-action;performance;no-action
Source.Severity-Routes=setting: where the conduct is neither misconduct nor gross misconduct; not verified against the regulations as made
Notice-Title=Notice of investigation
Source.Notice-Title=setting: wording
Notice-Conduct=It is alleged that your conduct was as follows, and that it did not meet the standard of professional behaviour named with each allegation. That this notice is given does not mean that anything has been decided.
Source.Notice-Conduct=setting: wording
Notice-Severity=The conduct, if proved, has been assessed as amounting to {severity}.
Source.Notice-Severity=setting: wording
Notice-Proceedings=If the matter were to be referred to misconduct proceedings, those would be likely to be a {proceedings}.
Source.Notice-Proceedings=setting: wording
Notice-Advice=You have the right to seek advice from your staff association or any other body, and to be accompanied and advised by a police friend who is not otherwise involved in the matter.
Source.Notice-Advice=setting: wording
Notice-Representations=Within {days} working days, starting with the first working day after this notice was given to you, you or your police friend may give the investigator a written or oral statement and any document about what is investigated. That time ends on {due}.
Source.Notice-Representations=setting: wording
Notice-Inference=You do not have to say anything. But it may harm your case if you do not mention, when interviewed or when giving information to the investigator, something on which you later rely in misconduct proceedings.
Source.Notice-Inference=setting: wording
Referral-Rule=Police (Complaints and Misconduct) Regulations 2004
Source.Referral-Rule=setting: not verified against the regulations as made
Referral-Question=If what is alleged were shown to be true, would the conduct have to be referred to the Independent Police Complaints Commission?
Source.Referral-Question=R (Rose) v Chief Constable of Greater Manchester [2021]: decided on the conduct alleged if substantiated; asked in that way of older matters too

[Conduct-Rules 2020-02-01]
Severity-Rule=Police (Conduct) Regulations 2020, reg. 14
Source.Severity-Rule=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 14
Notice-Rule=Police (Conduct) Regulations 2020, reg. 17
Source.Notice-Rule=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 17
Representation-Days=10
Source.Representation-Days=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 18: working days
Report-Rule=Police (Conduct) Regulations 2020, reg. 19
Source.Report-Rule=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 19
First-Report-Months=12
Source.First-Report-Months=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 19: from the day the allegation came to the appropriate authority's attention
Next-Report-Months=6
Source.Next-Report-Months=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 19: and every six months after
Severity-Routes=reflective-practice;performance;no-action
Source.Severity-Routes=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 14: where the conduct is neither misconduct nor gross misconduct
Notice-Title=Notice of investigation
Source.Notice-Title=setting: wording
Notice-Conduct=It is alleged that your conduct was as follows, and that it did not meet the standard of professional behaviour named with each allegation. That this notice is given does not mean that anything has been decided.
Source.Notice-Conduct=setting: wording
Notice-Severity=The conduct, if proved, has been assessed as amounting to {severity}.
Source.Notice-Severity=setting: wording
Notice-Proceedings=If the matter were to be referred to misconduct proceedings, those would be likely to be a {proceedings}.
Source.Notice-Proceedings=setting: wording
Notice-Advice=You have the right to seek advice from your staff association or any other body, and to be accompanied and advised by a police friend who is not otherwise involved in the matter.
Source.Notice-Advice=setting: wording
Notice-Representations=Within {days} working days, starting with the first working day after this notice was given to you, you or your police friend may give the investigator a written or oral statement and any document about what is investigated. That time ends on {due}.
Source.Notice-Representations=setting: wording
Notice-Inference=You do not have to say anything. But it may harm your case if you do not mention, when interviewed or when giving information to the investigator, something on which you later rely in misconduct proceedings.
Source.Notice-Inference=setting: wording
Report-Title=Report on the time taken by an investigation
Source.Report-Title=setting: wording
Report-To=the local policing body
Source.Report-To=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 19
Complaint-Report-Rule=Police (Complaints and Misconduct) Regulations 2020, reg. 13
Source.Complaint-Report-Rule=Police (Complaints and Misconduct) Regulations 2020, reg. 13: where the matter came as a complaint
Complaint-Report-To=the local policing body and the Director General
Source.Complaint-Report-To=Police (Complaints and Misconduct) Regulations 2020, reg. 13
Referral-Rule=Police (Complaints and Misconduct) Regulations 2020, regs 4 and 7
Source.Referral-Rule=Police (Complaints and Misconduct) Regulations 2020, regs 4 and 7
Referral-Question=If what is alleged were shown to be true, would the conduct meet a criterion for mandatory referral to the Independent Office for Police Conduct?
Source.Referral-Question=R (Rose) v Chief Constable of Greater Manchester [2021]: decided on the conduct alleged if substantiated, not on its merits

[Conduct-Rules 2025-05-14]
Severity-Rule=Police (Conduct) Regulations 2020, reg. 14
Source.Severity-Rule=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 14
Notice-Rule=Police (Conduct) Regulations 2020, reg. 17
Source.Notice-Rule=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 17
Representation-Days=10
Source.Representation-Days=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 18: working days
Report-Rule=Police (Conduct) Regulations 2020, reg. 19
Source.Report-Rule=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 19
First-Report-Months=12
Source.First-Report-Months=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 19: from the day the allegation came to the appropriate authority's attention
Next-Report-Months=6
Source.Next-Report-Months=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 19: and every six months after
Severity-Routes=reflective-practice;performance;vetting;no-action
Source.Severity-Routes=Police (Conduct) Regulations 2020, reg. 14(2)(aa), from May 2025: referral under the Police (Vetting) Regulations 2025 too
Notice-Title=Notice of investigation
Source.Notice-Title=setting: wording
Notice-Conduct=It is alleged that your conduct was as follows, and that it did not meet the standard of professional behaviour named with each allegation. That this notice is given does not mean that anything has been decided.
Source.Notice-Conduct=setting: wording
Notice-Severity=The conduct, if proved, has been assessed as amounting to {severity}.
Source.Notice-Severity=setting: wording
Notice-Proceedings=If the matter were to be referred to misconduct proceedings, those would be likely to be a {proceedings}.
Source.Notice-Proceedings=setting: wording
Notice-Advice=You have the right to seek advice from your staff association or any other body, and to be accompanied and advised by a police friend who is not otherwise involved in the matter.
Source.Notice-Advice=setting: wording
Notice-Representations=Within {days} working days, starting with the first working day after this notice was given to you, you or your police friend may give the investigator a written or oral statement and any document about what is investigated. That time ends on {due}.
Source.Notice-Representations=setting: wording
Notice-Inference=You do not have to say anything. But it may harm your case if you do not mention, when interviewed or when giving information to the investigator, something on which you later rely in misconduct proceedings.
Source.Notice-Inference=setting: wording
Report-Title=Report on the time taken by an investigation
Source.Report-Title=setting: wording
Report-To=the local policing body
Source.Report-To=Police (Conduct) Regulations 2020 (SI 2020/4), reg. 19
Complaint-Report-Rule=Police (Complaints and Misconduct) Regulations 2020, reg. 13
Source.Complaint-Report-Rule=Police (Complaints and Misconduct) Regulations 2020, reg. 13: where the matter came as a complaint
Complaint-Report-To=the local policing body and the Director General
Source.Complaint-Report-To=Police (Complaints and Misconduct) Regulations 2020, reg. 13
Referral-Rule=Police (Complaints and Misconduct) Regulations 2020, regs 4 and 7
Source.Referral-Rule=Police (Complaints and Misconduct) Regulations 2020, regs 4 and 7
Referral-Question=If what is alleged were shown to be true, would the conduct meet a criterion for mandatory referral to the Independent Office for Police Conduct?
Source.Referral-Question=R (Rose) v Chief Constable of Greater Manchester [2021]: decided on the conduct alleged if substantiated, not on its merits

[Stages conduct 2008-12-01]
received=Received
Source.received=setting
severity-assessment=Severity assessment
Source.severity-assessment=Police (Conduct) Regulations: assessed before it is investigated
Days.severity-assessment=5
Source.Days.severity-assessment=setting: working days; no source was found
investigation=Investigation
Source.investigation=Police (Conduct) Regulations: investigation
Days.investigation=120
Source.Days.investigation=setting: working days; no source was found
report=Investigator’s report
Source.report=Police (Conduct) Regulations: report of investigation
Days.report=15
Source.Days.report=setting: working days; no source was found
decision=Decision of the appropriate authority
Source.decision=Police (Conduct) Regulations: procedure on receipt of the report
Days.decision=15
Source.Days.decision=setting: working days; no source was found
closed=Closed
Source.closed=setting

[Stages leak 2008-12-01]
reported=Reported
Source.reported=setting
assessment=Assessment
Source.assessment=setting
Days.assessment=5
Source.Days.assessment=setting: working days; no source was found
investigation=Investigation
Source.investigation=setting
Days.investigation=120
Source.Days.investigation=setting: working days; no source was found
report=Report
Source.report=setting
Days.report=15
Source.Days.report=setting: working days; no source was found
closed=Closed
Source.closed=setting

[Checklist conduct severity-assessment]
standards=Each allegation names the standard of professional behaviour that it is held against
Source.standards=Police (Conduct) Regulations, Schedule 2
if-true=Whether to refer was decided on what is alleged as if it were shown to be true
Source.if-true=R (Rose) v Chief Constable of Greater Manchester [2021]
preserved=What may vanish (posts, recordings, devices) is secured as an exhibit
Source.preserved=setting
welfare=A welfare contact is named for the officer and for whoever reported
Source.welfare=setting

[Checklist conduct investigation]
notice=Written notice was given, or why it is withheld is recorded with a day to look again
Source.notice=Police (Conduct) Regulations: written notices
terms=Terms of reference are written
Source.terms=Police (Conduct) Regulations: written notices
lines=Every reasonable line of enquiry was followed, also what speaks for the officer
Source.lines=setting

[Checklist conduct decision]
findings=There is a finding for each officer and allegation
Source.findings=setting
reflective=What needs no discipline went to reflective practice and is recorded there
Source.reflective=Police (Conduct) Regulations 2020, Part 6
learning=Learning for the force was considered
Source.learning=setting

[Checklist leak assessment]
item=What was disclosed is described: its words or picture, its marking, the systems and records that it sits in
Source.item=setting
publication=Where and when it appeared is recorded, with its words and a captured file
Source.publication=setting
earliest=The earliest time at which it was seen is recorded, and by whom
Source.earliest=setting
held=Who held it without a log was asked: who was briefed, was sent it, shared a log-on
Source.held=setting
disclosure=Whether it is a protected disclosure, and what the public interest asks, is assessed
Source.disclosure=Employment Rights Act 1996, Part IVA
sealed=Whether someone who could read this case is among those exposed, or related to them, was considered
Source.sealed=setting

[Checklist leak investigation]
authority=Each access log was asked for with authority, necessity and period
Source.authority=setting
clock=The clock and the time zone of each system were compared
Source.clock=setting
eliminations=Each elimination has its reason
Source.eliminations=setting
media=Recorded media contacts of who is exposed were looked at; no record is a finding and not guilt
Source.media=setting
lines=Every reasonable line of enquiry was followed, also what speaks for who is suspected
Source.lines=Criminal Procedure and Investigations Act 1996, code of practice
intrusive=No intrusive step began before both assessments were recorded
Source.intrusive=setting

[Checklist leak report]
outcome=The outcome is one of the five, with its reasons
Source.outcome=setting
harm=Harm to people, operations and confidence is recorded
Source.harm=setting
eliminated=Early disposal of what was kept about who is eliminated was considered
Source.eliminated=Data Protection Act 2018, section 39: no longer than needed
learning=Learning for the force was considered
Source.learning=setting

[Checklist second-job with-professional-standards]
form-complete=The form is complete and signed by the applicant
Source.form-complete=setting
conflict=Conflict with the office held, its impartiality or its powers has been considered
Source.conflict=Police Regulations 2003, reg. 7: incompatible with membership of the force
hours=Hours of all work together, rest and shift pattern have been considered
Source.hours=Working Time Regulations 1998
sickness=Sickness record and present restrictions have been considered
Source.sickness=setting
relatives=Declared interests of relatives have been considered
Source.relatives=setting: the application form asks for them
publicity=Publicity and the force's reputation have been considered
Source.publicity=setting

[Checklist second-job registered]
letter=The decision letter was served and its day is recorded
Source.letter=setting: the appeal clock runs from that day
conditions=The line manager knows of the conditions
Source.conditions=setting
register=The entry in the published register was checked
Source.register=setting
