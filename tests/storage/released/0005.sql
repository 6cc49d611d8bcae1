BEGIN TRANSACTION;
CREATE TABLE absence (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	from_day DATE NOT NULL, 
	to_day DATE NOT NULL, 
	reason VARCHAR NOT NULL, 
	recorded_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	cancelled_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE accommodation (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	exam_id INTEGER, 
	time_factor VARCHAR(64), 
	break_minutes INTEGER NOT NULL, 
	line_mode BOOLEAN NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_to DATE, 
	reason VARCHAR NOT NULL, 
	approved_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	ended_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(approved_by) REFERENCES person (id), 
	FOREIGN KEY(exam_id) REFERENCES exam (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE adhocplan (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	occasion VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	course VARCHAR NOT NULL, 
	mode VARCHAR(20) NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	hours VARCHAR(64), 
	audience VARCHAR NOT NULL, 
	trainer VARCHAR NOT NULL, 
	planned_fen INTEGER NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	drafted_by INTEGER NOT NULL, 
	drafted_at DATETIME NOT NULL, 
	submitted_by INTEGER, 
	submitted_at DATETIME, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	remark VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (code)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE annualplan (
	id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	drafted_by INTEGER NOT NULL, 
	drafted_at DATETIME NOT NULL, 
	submitted_by INTEGER, 
	submitted_at DATETIME, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	remark VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (year)
);
CREATE TABLE anomalyform (
	id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	department_id INTEGER NOT NULL, 
	person_id INTEGER, 
	what VARCHAR NOT NULL, 
	cause VARCHAR NOT NULL, 
	process VARCHAR NOT NULL, 
	countermeasure VARCHAR NOT NULL, 
	opened_by INTEGER NOT NULL, 
	opened_at DATETIME NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	instruction VARCHAR NOT NULL, 
	instructed_by INTEGER, 
	instructed_at DATETIME, 
	recheck VARCHAR NOT NULL, 
	recheck_passed BOOLEAN, 
	rechecked_by INTEGER, 
	rechecked_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(department_id) REFERENCES department (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (number)
);
CREATE TABLE anomalystep (
	id INTEGER NOT NULL, 
	form_id INTEGER NOT NULL, 
	action VARCHAR NOT NULL, 
	department_id INTEGER, 
	text VARCHAR NOT NULL, 
	passed BOOLEAN, 
	"by" INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(department_id) REFERENCES department (id), 
	FOREIGN KEY(form_id) REFERENCES anomalyform (id)
);
CREATE TABLE appeal (
	id INTEGER NOT NULL, 
	evaluation_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	upheld BOOLEAN, 
	decision VARCHAR NOT NULL, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	new_evaluation_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(evaluation_id) REFERENCES evaluation (id), 
	FOREIGN KEY(new_evaluation_id) REFERENCES evaluation (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (evaluation_id)
);
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	exam_id INTEGER NOT NULL, 
	course_version VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	form JSON NOT NULL, 
	seed VARCHAR NOT NULL, 
	pass_mark VARCHAR(64) NOT NULL, 
	partial_credit VARCHAR(64) NOT NULL, 
	started_at DATETIME NOT NULL, 
	deadline DATETIME NOT NULL, 
	submitted_at DATETIME, 
	by_deadline BOOLEAN NOT NULL, 
	fence INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	chain_head VARCHAR NOT NULL, 
	earned VARCHAR(64), 
	possible VARCHAR(64), 
	passed BOOLEAN, 
	profile JSON NOT NULL, cohort_id INTEGER REFERENCES cohort (id), break_left INTEGER DEFAULT '0' NOT NULL, break_began_at DATETIME, fatal BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(exam_id) REFERENCES exam (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "attempt" VALUES(1,3,1,'1.0.0',1,'submitted','[{"version": 2, "points": "2", "seed": "seed-1/GRE-002"}, {"version": 4, "points": "2", "seed": "seed-1/GRE-004"}, {"version": 11, "points": "1", "seed": "seed-1/LIM-203"}, {"version": 7, "points": "2.5", "seed": "seed-1/LIM-102"}]','seed-1','85','1/2','2024-03-04 04:00:00.000000','2024-03-04 04:30:00.000000','2024-03-04 04:00:00.000000',0,1,4,3,'73c33feedfe12fa1e1b20cb92a6269b80dd5e00266f0ba75f853163bdf1751a7','15/2','15/2',1,'[{"topic": "greeting", "mark": "100", "below": false}, {"topic": "limits", "mark": "100", "below": false}]',NULL,0,NULL,0);
INSERT INTO "attempt" VALUES(2,4,1,'1.0.0',1,'submitted','[{"version": 2, "points": "2", "seed": "seed-2/GRE-002"}, {"version": 5, "points": "2", "seed": "seed-2/GRE-005"}, {"version": 8, "points": "2.5", "seed": "seed-2/LIM-103"}, {"version": 9, "points": "1", "seed": "seed-2/LIM-201"}]','seed-2','85','1/2','2024-03-04 04:00:00.000000','2024-03-04 04:30:00.000000','2024-03-04 04:00:00.000000',0,1,1,0,'f9340ebf6160d71fad7c1037eb8d0ed47aeb73ebcd31933158e1f42607b5f312','2','15/2',0,'[{"topic": "greeting", "mark": "50", "below": true}, {"topic": "limits", "mark": "0", "below": true}]',NULL,0,NULL,0);
INSERT INTO "attempt" VALUES(3,5,1,'1.0.0',1,'open','[{"version": 1, "points": "2", "seed": "seed-3/GRE-001"}, {"version": 9, "points": "1", "seed": "seed-3/LIM-201"}, {"version": 8, "points": "2.5", "seed": "seed-3/LIM-103"}, {"version": 2, "points": "2", "seed": "seed-3/GRE-002"}]','seed-3','85','1/2','2024-03-04 04:00:00.000000','2024-03-04 04:30:00.000000',NULL,0,1,1,0,'a872d9956166dbde5b89906658fc34b8d80b3f4b7017a3fd1169bda1b4cf3a64',NULL,NULL,NULL,'[]',NULL,0,NULL,0);
CREATE TABLE attemptresult (
	attempt_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	at DATETIME NOT NULL, 
	earned VARCHAR(64), 
	possible VARCHAR(64), 
	passed BOOLEAN NOT NULL, 
	parts JSON NOT NULL, 
	reason VARCHAR NOT NULL, 
	correction_id INTEGER, 
	PRIMARY KEY (attempt_id, number), 
	FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	FOREIGN KEY(correction_id) REFERENCES correction (id)
);
INSERT INTO "attemptresult" VALUES(1,1,'scored','2024-03-04 04:00:00.000000','15/2','15/2',1,'[{"position": 0, "version": 2, "topic": "greeting", "points": "2", "share": "1", "choices": ["b"]}, {"position": 1, "version": 4, "topic": "greeting", "points": "2", "share": "1", "choices": ["b"]}, {"position": 2, "version": 11, "topic": "limits", "points": "1", "share": "1", "choices": ["f"]}, {"position": 3, "version": 7, "topic": "limits", "points": "5/2", "share": "1", "choices": ["a", "b"]}]','',NULL);
INSERT INTO "attemptresult" VALUES(2,1,'scored','2024-03-04 04:00:00.000000','2','15/2',0,'[{"position": 0, "version": 2, "topic": "greeting", "points": "2", "share": "1", "choices": ["b"]}, {"position": 1, "version": 5, "topic": "greeting", "points": "2", "share": "0"}, {"position": 2, "version": 8, "topic": "limits", "points": "5/2", "share": "0"}, {"position": 3, "version": 9, "topic": "limits", "points": "1", "share": "0"}]','',NULL);
CREATE TABLE attendee (
	id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	person_id INTEGER, 
	outside_id INTEGER, 
	excused VARCHAR NOT NULL, 
	in_at DATETIME, 
	out_at DATETIME, 
	signed_by INTEGER, 
	confirmed_by INTEGER, 
	mark VARCHAR(64), 
	passed BOOLEAN, 
	assessed_by INTEGER, 
	remark VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(outside_id) REFERENCES outsideperson (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(session_id) REFERENCES trainingsession (id), 
	UNIQUE (session_id, person_id)
);
CREATE TABLE beat (
	node VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	stopped BOOLEAN NOT NULL, 
	PRIMARY KEY (node)
);
CREATE TABLE casestory (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	topics JSON NOT NULL, 
	lessons JSON NOT NULL, 
	author_id INTEGER NOT NULL, 
	written_at DATETIME NOT NULL, 
	published_at DATETIME, 
	published_by INTEGER, 
	withdrawn_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(author_id) REFERENCES person (id), 
	FOREIGN KEY(published_by) REFERENCES person (id), 
	UNIQUE (code)
);
CREATE TABLE certificate (
	id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	qualification_id INTEGER NOT NULL, 
	issued_at DATETIME NOT NULL, 
	facts JSON NOT NULL, revision INTEGER DEFAULT '1' NOT NULL, salt VARCHAR DEFAULT '' NOT NULL, erased_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(qualification_id) REFERENCES qualification (id), 
	UNIQUE (number), 
	UNIQUE (qualification_id)
);
INSERT INTO "certificate" VALUES(1,'PQ-2024-000001-6',1,'2024-03-04 04:00:00.000000','{"number": "PQ-2024-000001-6", "name": "\u738b\u5c0f\u5170", "staff_no": "E1001", "department": "\u5ba2\u670d\u90e8", "post": "\u5ba2\u670d\u4e13\u5458", "code": "reception", "title": {"zh": "\u63a5\u5f85", "en": "Reception"}, "basis": "exam", "course": "sample", "course_title": {"zh": "\u793a\u4f8b\u8bfe\u7a0b", "en": "Sample course"}, "course_version": "1.0.0", "standards": [], "mark": "100.00", "is_retake": false, "issued_on": "2024-03-04", "valid_from": "2024-03-04", "valid_to": "2025-03-04", "issuer": "\u793a\u4f8b\u516c\u53f8"}',1,'678ce06f8be79cd0b61a625577f982ee',NULL);
INSERT INTO "certificate" VALUES(2,'L1-2024-000001-6',2,'2024-03-04 04:00:00.000000','{"number": "L1-2024-000001-6", "name": "\u738b\u5c0f\u5170", "staff_no": "E1001", "department": "\u5ba2\u670d\u90e8", "post": "\u5ba2\u670d\u4e13\u5458", "code": "L1", "title": {"zh": "\u5ba2\u670d\u4e13\u5458", "en": "Agent"}, "basis": "exam", "course": "sample", "course_title": {"zh": "\u793a\u4f8b\u8bfe\u7a0b", "en": "Sample course"}, "course_version": "1.0.0", "standards": [], "mark": "100.00", "is_retake": false, "issued_on": "2024-03-04", "valid_from": "2024-03-04", "valid_to": "2025-03-04", "issuer": "\u793a\u4f8b\u516c\u53f8"}',1,'392b786bf1b8c02a6ed583370d53f43a',NULL);
CREATE TABLE certificaterevision (
	certificate_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	issued_at DATETIME NOT NULL, 
	facts JSON NOT NULL, 
	salt VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	PRIMARY KEY (certificate_id, revision), 
	FOREIGN KEY(certificate_id) REFERENCES certificate (id)
);
CREATE TABLE coachingplan (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	evaluation_id INTEGER NOT NULL, 
	due_on DATE NOT NULL, 
	steps VARCHAR NOT NULL, 
	written_by INTEGER, 
	written_at DATETIME, 
	done_on DATE, 
	PRIMARY KEY (id), 
	FOREIGN KEY(evaluation_id) REFERENCES evaluation (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE cohort (
	id INTEGER NOT NULL, 
	exam_id INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	occasion VARCHAR NOT NULL, 
	opens_at DATETIME, 
	closes_at DATETIME, 
	created_by INTEGER, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(created_by) REFERENCES person (id), 
	FOREIGN KEY(exam_id) REFERENCES exam (id)
);
CREATE TABLE cohortmember (
	cohort_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	excused BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	excused_by INTEGER, 
	PRIMARY KEY (cohort_id, person_id), 
	FOREIGN KEY(cohort_id) REFERENCES cohort (id), 
	FOREIGN KEY(excused_by) REFERENCES person (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE correction (
	id INTEGER NOT NULL, 
	exam_id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	version_id INTEGER NOT NULL, 
	facts JSON NOT NULL, 
	lowers BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	proposed_by INTEGER NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	preview_hash VARCHAR NOT NULL, 
	applied_by INTEGER, 
	applied_at DATETIME, 
	withdrawn_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(applied_by) REFERENCES person (id), 
	FOREIGN KEY(exam_id) REFERENCES exam (id), 
	FOREIGN KEY(proposed_by) REFERENCES person (id), 
	FOREIGN KEY(version_id) REFERENCES itemversion (id)
);
CREATE TABLE counter (
	series VARCHAR NOT NULL, 
	last INTEGER NOT NULL, 
	PRIMARY KEY (series)
);
INSERT INTO "counter" VALUES('PQ-2024',1);
INSERT INTO "counter" VALUES('L1-2024',1);
CREATE TABLE countersignature (
	id INTEGER NOT NULL, 
	form_id INTEGER NOT NULL, 
	department_id INTEGER NOT NULL, 
	signed_by INTEGER, 
	opinion VARCHAR NOT NULL, 
	signed_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(department_id) REFERENCES department (id), 
	FOREIGN KEY(form_id) REFERENCES anomalyform (id)
);
CREATE TABLE course (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	version VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	title JSON NOT NULL, 
	summary JSON NOT NULL, 
	topics JSON NOT NULL, 
	hours VARCHAR NOT NULL, 
	prerequisites JSON NOT NULL, 
	source_hash VARCHAR NOT NULL, 
	available BOOLEAN NOT NULL, authors JSON DEFAULT '[]' NOT NULL, phase VARCHAR DEFAULT '' NOT NULL, track VARCHAR DEFAULT '' NOT NULL, layer VARCHAR DEFAULT '' NOT NULL, module VARCHAR DEFAULT '' NOT NULL, mode VARCHAR DEFAULT '' NOT NULL, is_own BOOLEAN DEFAULT 0 NOT NULL, revised_at DATETIME, 
	PRIMARY KEY (id), 
	UNIQUE (code)
);
INSERT INTO "course" VALUES(1,'sample','1.0.0','onboarding','{"zh": "\u793a\u4f8b\u8bfe\u7a0b", "en": "Sample course"}','{"zh": "\u6d4b\u8bd5\u7528\u7684\u5c0f\u8bfe\u7a0b\u3002", "en": "A small course for tests."}','{"greeting": {"zh": "\u95ee\u5019", "en": "Greeting"}, "limits": {"zh": "\u65f6\u9650", "en": "Limits"}}','1','[]','efb4de8a8a0bc50ba64a1ba5cd40ffee3574822639f5d4d686931811a5ef2a46',1,'[]','department','service','new-front-line','sample','online',0,'2024-03-04 04:00:00.000000');
CREATE TABLE courserevision (
	id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	version VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	notes JSON NOT NULL, 
	changes JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(course_id) REFERENCES course (id)
);
INSERT INTO "courserevision" VALUES(1,1,'1.0.0','2024-03-04 04:00:00.000000','{}','{"lessons": {"added": ["lesson-1", "lesson-2", "lesson-3"], "changed": [], "removed": []}, "items": {"added": ["GRE-001", "GRE-002", "GRE-003", "GRE-004", "GRE-005", "LIM-101", "LIM-102", "LIM-103", "LIM-201", "LIM-202", "LIM-203"], "changed": [], "removed": []}, "exams": {"added": ["sample-written"], "changed": [], "removed": []}}');
CREATE TABLE credential (
	person_id INTEGER NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	must_change BOOLEAN NOT NULL, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE deltatraining (
	id INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	processes JSON NOT NULL, 
	assigned_at DATETIME NOT NULL, 
	due_on DATE NOT NULL, 
	read_at DATETIME, 
	passed_at DATETIME, 
	passed_how VARCHAR NOT NULL, 
	recorded_by INTEGER, 
	suspended_at DATETIME, 
	suspended JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(version_id) REFERENCES standardversion (id), 
	UNIQUE (version_id, person_id)
);
CREATE TABLE department (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_en VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (code)
);
INSERT INTO "department" VALUES(1,'D00','总部','Head office');
INSERT INTO "department" VALUES(2,'CS','客服部','Customer service');
CREATE TABLE departmentsheet (
	id INTEGER NOT NULL, 
	period_id INTEGER NOT NULL, 
	department_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	scores JSON NOT NULL, 
	score VARCHAR, 
	grade VARCHAR(20), 
	remark VARCHAR NOT NULL, 
	scored_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(department_id) REFERENCES department (id), 
	FOREIGN KEY(period_id) REFERENCES evaluationperiod (id), 
	UNIQUE (period_id, department_id, revision)
);
CREATE TABLE developmententry (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	title VARCHAR NOT NULL, 
	day DATE, 
	note VARCHAR NOT NULL, 
	done BOOLEAN NOT NULL, 
	written_by INTEGER, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(written_by) REFERENCES person (id)
);
CREATE TABLE developmentplan (
	person_id INTEGER NOT NULL, 
	target_level VARCHAR NOT NULL, 
	by_day DATE, 
	changed_at DATETIME NOT NULL, 
	changed_by INTEGER, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(changed_by) REFERENCES person (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE enrolment (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	enrolled_at DATETIME NOT NULL, 
	due_on DATE, 
	assigned_by INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(assigned_by) REFERENCES person (id), 
	FOREIGN KEY(course_id) REFERENCES course (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (person_id, course_id)
);
INSERT INTO "enrolment" VALUES(1,3,1,'2024-03-04 04:00:00.000000',NULL,NULL);
INSERT INTO "enrolment" VALUES(2,4,1,'2024-03-04 04:00:00.000000',NULL,NULL);
INSERT INTO "enrolment" VALUES(3,5,1,'2024-03-04 04:00:00.000000',NULL,NULL);
CREATE TABLE erasure (
	person_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	proposed_by INTEGER NOT NULL, 
	confirmed_by INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	removed JSON NOT NULL, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE evaluation (
	id INTEGER NOT NULL, 
	period_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	ratee_class VARCHAR NOT NULL, 
	measured VARCHAR, 
	mix VARCHAR, 
	final VARCHAR, 
	grade VARCHAR(20), 
	why VARCHAR NOT NULL, 
	parts JSON NOT NULL, 
	decided_by INTEGER NOT NULL, 
	decided_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(period_id) REFERENCES evaluationperiod (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (period_id, person_id, revision)
);
CREATE TABLE evaluationevidence (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	scheme VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	reference VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	indicator VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	recorded_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (scheme, kind, reference)
);
CREATE TABLE evaluationperiod (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	scheme VARCHAR NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	occasion VARCHAR NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	rules JSON NOT NULL, 
	opened_by INTEGER NOT NULL, 
	opened_at DATETIME NOT NULL, 
	closed_by INTEGER, 
	closed_at DATETIME, 
	PRIMARY KEY (id), 
	UNIQUE (code)
);
CREATE TABLE exam (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	course_id INTEGER NOT NULL, 
	title JSON NOT NULL, 
	minutes INTEGER NOT NULL, 
	process_code VARCHAR NOT NULL, 
	process JSON NOT NULL, 
	blueprint JSON NOT NULL, 
	available BOOLEAN NOT NULL, part VARCHAR DEFAULT 'written' NOT NULL, registered_only BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(course_id) REFERENCES course (id), 
	UNIQUE (code)
);
INSERT INTO "exam" VALUES(1,'sample-written',1,'{"zh": "\u793a\u4f8b \u00b7 \u7b14\u8bd5", "en": "Sample \u00b7 written exam"}',30,'reception','{"zh": "\u63a5\u5f85", "en": "Reception"}','[{"topic": "greeting", "type": "single", "difficulty": null, "count": 2, "points": "2"}, {"topic": "limits", "type": "multiple", "difficulty": null, "count": 1, "points": "2.5"}, {"topic": "limits", "type": "truefalse", "difficulty": null, "count": 1, "points": "1"}]',1,'written',0);
CREATE TABLE examtally (
	exam_id INTEGER NOT NULL, 
	is_first BOOLEAN NOT NULL, 
	possible INTEGER NOT NULL, 
	total INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	PRIMARY KEY (exam_id, is_first, possible, total), 
	FOREIGN KEY(exam_id) REFERENCES exam (id)
);
INSERT INTO "examtally" VALUES(1,1,7500,7500,1);
INSERT INTO "examtally" VALUES(1,1,7500,2000,1);
CREATE TABLE fieldpracticeentry (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	task VARCHAR NOT NULL, 
	written_at DATETIME NOT NULL, 
	guide_id INTEGER, 
	remark VARCHAR NOT NULL, 
	improvement VARCHAR NOT NULL, 
	remarked_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(guide_id) REFERENCES person (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE fieldpracticesignoff (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	guide_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	entries INTEGER NOT NULL, 
	days INTEGER NOT NULL, 
	note VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(guide_id) REFERENCES person (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (person_id)
);
CREATE TABLE guidance (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	guide_id INTEGER NOT NULL, 
	from_day DATE NOT NULL, 
	to_day DATE, 
	PRIMARY KEY (id), 
	FOREIGN KEY(guide_id) REFERENCES person (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE inspection (
	id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	inspector_id INTEGER NOT NULL, 
	person_id INTEGER, 
	department_id INTEGER, 
	scope VARCHAR NOT NULL, 
	checklist VARCHAR NOT NULL, 
	points JSON NOT NULL, 
	standard VARCHAR NOT NULL, 
	target JSON NOT NULL, 
	window VARCHAR NOT NULL, 
	sampled INTEGER, 
	passed INTEGER, 
	result VARCHAR(20) NOT NULL, 
	finding VARCHAR NOT NULL, 
	is_major BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	read_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(department_id) REFERENCES department (id), 
	FOREIGN KEY(inspector_id) REFERENCES person (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (number)
);
CREATE TABLE item (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	course_id INTEGER NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	version_id INTEGER, pool VARCHAR DEFAULT 'exam' NOT NULL, draft_id INTEGER, is_unfinished BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(course_id) REFERENCES course (id), 
	UNIQUE (code)
);
INSERT INTO "item" VALUES(1,'GRE-001',1,'in-use',1,'exam',NULL,0);
INSERT INTO "item" VALUES(2,'GRE-002',1,'in-use',2,'exam',NULL,0);
INSERT INTO "item" VALUES(3,'GRE-003',1,'in-use',3,'exam',NULL,0);
INSERT INTO "item" VALUES(4,'GRE-004',1,'in-use',4,'exam',NULL,0);
INSERT INTO "item" VALUES(5,'GRE-005',1,'in-use',5,'exam',NULL,0);
INSERT INTO "item" VALUES(6,'LIM-101',1,'in-use',6,'exam',NULL,0);
INSERT INTO "item" VALUES(7,'LIM-102',1,'in-use',7,'exam',NULL,0);
INSERT INTO "item" VALUES(8,'LIM-103',1,'in-use',8,'exam',NULL,0);
INSERT INTO "item" VALUES(9,'LIM-201',1,'in-use',9,'exam',NULL,0);
INSERT INTO "item" VALUES(10,'LIM-202',1,'in-use',10,'exam',NULL,0);
INSERT INTO "item" VALUES(11,'LIM-203',1,'in-use',11,'exam',NULL,0);
CREATE TABLE itemtally (
	exam_id INTEGER NOT NULL, 
	is_first BOOLEAN NOT NULL, 
	possible INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	choice VARCHAR NOT NULL, 
	total BIGINT NOT NULL, 
	n INTEGER NOT NULL, 
	sum_x BIGINT NOT NULL, 
	sum_xx BIGINT NOT NULL, 
	PRIMARY KEY (exam_id, is_first, possible, version_id, points, choice, total), 
	FOREIGN KEY(exam_id) REFERENCES exam (id), 
	FOREIGN KEY(version_id) REFERENCES itemversion (id)
)
 WITHOUT ROWID

;
INSERT INTO "itemtally" VALUES(1,1,7500,2,2000,'b',2000,1,2000,4000000);
INSERT INTO "itemtally" VALUES(1,1,7500,2,2000,'b',7500,1,2000,4000000);
INSERT INTO "itemtally" VALUES(1,1,7500,4,2000,'b',7500,1,2000,4000000);
INSERT INTO "itemtally" VALUES(1,1,7500,5,2000,'',2000,1,0,0);
INSERT INTO "itemtally" VALUES(1,1,7500,7,2500,'a+b',7500,1,2500,6250000);
INSERT INTO "itemtally" VALUES(1,1,7500,8,2500,'',2000,1,0,0);
INSERT INTO "itemtally" VALUES(1,1,7500,9,1000,'',2000,1,0,0);
INSERT INTO "itemtally" VALUES(1,1,7500,11,1000,'f',7500,1,1000,1000000);
CREATE TABLE itemversion (
	id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	type VARCHAR NOT NULL, 
	topic VARCHAR NOT NULL, 
	difficulty INTEGER NOT NULL, 
	facts JSON NOT NULL, 
	standards JSON NOT NULL, 
	content JSON NOT NULL, 
	created_at DATETIME NOT NULL, authors JSON DEFAULT '[]' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(item_id) REFERENCES item (id), 
	UNIQUE (item_id, content_hash)
);
INSERT INTO "itemversion" VALUES(1,1,'343d7159bc9de2ebf3ccaa2ad9f84b956d72cff0ea6bb6c04dfec28820045e34','single','greeting',2,'["S2-ST3-03"]','[]','{"stem": {"zh": "\u7b2c 1 \u4f4d\u5ba2\u6237\u6765\u7535\uff0c\u5e94\u5f53\u5148\u505a\u4ec0\u4e48\uff1f", "en": "Customer 1 calls. What comes first?"}, "options": {"a": {"zh": "\u95ee\u5019\u5e76\u62a5\u5355\u4f4d\u540d\u79f0", "en": "Greet and give the unit''s name"}, "b": {"zh": "\u5148\u95ee\u5019\uff0c\u518d\u8bf7\u5ba2\u6237\u8bf4\u660e\u6765\u610f", "en": "Greet, then ask for the reason"}, "c": {"zh": "\u8bf7\u5ba2\u6237\u7a0d\u5019", "en": "Ask the customer to wait"}}, "key": ["a"], "explanation": {"zh": "\u5148\u95ee\u5019\u3002", "en": "Greet first."}}','2024-03-04 04:00:00.000000','[]');
INSERT INTO "itemversion" VALUES(2,2,'92c3b80b47549b556088fe373c9ddda039ecd4a590c84f70d83c711779139ec7','single','greeting',3,'["S2-ST3-03"]','[]','{"stem": {"zh": "\u7b2c 2 \u4f4d\u5ba2\u6237\u6765\u7535\uff0c\u5e94\u5f53\u5148\u505a\u4ec0\u4e48\uff1f", "en": "Customer 2 calls. What comes first?"}, "options": {"a": {"zh": "\u95ee\u5019\u5e76\u62a5\u5355\u4f4d\u540d\u79f0", "en": "Greet and give the unit''s name"}, "b": {"zh": "\u5148\u95ee\u5019\uff0c\u518d\u8bf7\u5ba2\u6237\u8bf4\u660e\u6765\u610f", "en": "Greet, then ask for the reason"}, "c": {"zh": "\u8bf7\u5ba2\u6237\u7a0d\u5019", "en": "Ask the customer to wait"}}, "key": ["b"], "explanation": {"zh": "\u5148\u95ee\u5019\u3002", "en": "Greet first."}}','2024-03-04 04:00:00.000000','[]');
INSERT INTO "itemversion" VALUES(3,3,'509d0e683618933e6204e083dd5c5707699afed0dbba84c4edb5be804e6c4194','single','greeting',1,'["S2-ST3-03"]','[]','{"stem": {"zh": "\u7b2c 3 \u4f4d\u5ba2\u6237\u6765\u7535\uff0c\u5e94\u5f53\u5148\u505a\u4ec0\u4e48\uff1f", "en": "Customer 3 calls. What comes first?"}, "options": {"a": {"zh": "\u95ee\u5019\u5e76\u62a5\u5355\u4f4d\u540d\u79f0", "en": "Greet and give the unit''s name"}, "b": {"zh": "\u5148\u95ee\u5019\uff0c\u518d\u8bf7\u5ba2\u6237\u8bf4\u660e\u6765\u610f", "en": "Greet, then ask for the reason"}, "c": {"zh": "\u8bf7\u5ba2\u6237\u7a0d\u5019", "en": "Ask the customer to wait"}}, "key": ["a"], "explanation": {"zh": "\u5148\u95ee\u5019\u3002", "en": "Greet first."}}','2024-03-04 04:00:00.000000','[]');
INSERT INTO "itemversion" VALUES(4,4,'b289b44063c2335a7df9344732874670e0496a4389257f9b229b08d196545c4d','single','greeting',2,'["S2-ST3-03"]','[]','{"stem": {"zh": "\u7b2c 4 \u4f4d\u5ba2\u6237\u6765\u7535\uff0c\u5e94\u5f53\u5148\u505a\u4ec0\u4e48\uff1f", "en": "Customer 4 calls. What comes first?"}, "options": {"a": {"zh": "\u95ee\u5019\u5e76\u62a5\u5355\u4f4d\u540d\u79f0", "en": "Greet and give the unit''s name"}, "b": {"zh": "\u5148\u95ee\u5019\uff0c\u518d\u8bf7\u5ba2\u6237\u8bf4\u660e\u6765\u610f", "en": "Greet, then ask for the reason"}, "c": {"zh": "\u8bf7\u5ba2\u6237\u7a0d\u5019", "en": "Ask the customer to wait"}}, "key": ["b"], "explanation": {"zh": "\u5148\u95ee\u5019\u3002", "en": "Greet first."}}','2024-03-04 04:00:00.000000','[]');
INSERT INTO "itemversion" VALUES(5,5,'0049f4926a7367766e62443676bcf8e584765c82e47428041dd6a5e7c6db7242','single','greeting',3,'["S2-ST3-03"]','[]','{"stem": {"zh": "\u7b2c 5 \u4f4d\u5ba2\u6237\u6765\u7535\uff0c\u5e94\u5f53\u5148\u505a\u4ec0\u4e48\uff1f", "en": "Customer 5 calls. What comes first?"}, "options": {"a": {"zh": "\u95ee\u5019\u5e76\u62a5\u5355\u4f4d\u540d\u79f0", "en": "Greet and give the unit''s name"}, "b": {"zh": "\u5148\u95ee\u5019\uff0c\u518d\u8bf7\u5ba2\u6237\u8bf4\u660e\u6765\u610f", "en": "Greet, then ask for the reason"}, "c": {"zh": "\u8bf7\u5ba2\u6237\u7a0d\u5019", "en": "Ask the customer to wait"}}, "key": ["a"], "explanation": {"zh": "\u5148\u95ee\u5019\u3002", "en": "Greet first."}}','2024-03-04 04:00:00.000000','[]');
INSERT INTO "itemversion" VALUES(6,6,'f64fd4ec6ffa4e1adabed1972726898e73f1a78161f3e2433ca6160bb7809bda','multiple','limits',2,'["S2-CT-01"]','["CS-001"]','{"stem": {"zh": "\u4f9d\u636e CS-001\uff0c\u54ea\u4e9b\u8bf4\u6cd5\u6b63\u786e\uff081\uff09\uff1f", "en": "Under CS-001, which statements are right (1)?"}, "options": {"a": {"zh": "10 \u79d2\u5185\u63a5\u542c", "en": "Pick up within 10 s"}, "b": {"zh": "30 \u79d2\u5185\u54cd\u5e94", "en": "Respond within 30 s"}, "c": {"zh": "60 \u79d2\u5185\u63a5\u542c", "en": "Pick up within 60 s"}, "d": {"zh": "2 \u5206\u949f\u5185\u54cd\u5e94", "en": "Respond within 2 minutes"}}, "key": ["a", "b"], "explanation": {"zh": "CS-001 \u89c4\u5b9a 10 \u79d2\u4e0e 30 \u79d2\u3002", "en": "CS-001 says 10 s and 30 s."}}','2024-03-04 04:00:00.000000','[]');
INSERT INTO "itemversion" VALUES(7,7,'d20da84d9839372ad10f9e1dee2bb5b6a1f57fa344ad125e03a91b9aefb96ea5','multiple','limits',2,'["S2-CT-01"]','["CS-001"]','{"stem": {"zh": "\u4f9d\u636e CS-001\uff0c\u54ea\u4e9b\u8bf4\u6cd5\u6b63\u786e\uff082\uff09\uff1f", "en": "Under CS-001, which statements are right (2)?"}, "options": {"a": {"zh": "10 \u79d2\u5185\u63a5\u542c", "en": "Pick up within 10 s"}, "b": {"zh": "30 \u79d2\u5185\u54cd\u5e94", "en": "Respond within 30 s"}, "c": {"zh": "60 \u79d2\u5185\u63a5\u542c", "en": "Pick up within 60 s"}, "d": {"zh": "2 \u5206\u949f\u5185\u54cd\u5e94", "en": "Respond within 2 minutes"}}, "key": ["a", "b"], "explanation": {"zh": "CS-001 \u89c4\u5b9a 10 \u79d2\u4e0e 30 \u79d2\u3002", "en": "CS-001 says 10 s and 30 s."}}','2024-03-04 04:00:00.000000','[]');
INSERT INTO "itemversion" VALUES(8,8,'04d1059b84a0b000ef23faa342178246769bde91320e8f8f1966c4bfc1929142','multiple','limits',2,'["S2-CT-01"]','["CS-001"]','{"stem": {"zh": "\u4f9d\u636e CS-001\uff0c\u54ea\u4e9b\u8bf4\u6cd5\u6b63\u786e\uff083\uff09\uff1f", "en": "Under CS-001, which statements are right (3)?"}, "options": {"a": {"zh": "10 \u79d2\u5185\u63a5\u542c", "en": "Pick up within 10 s"}, "b": {"zh": "30 \u79d2\u5185\u54cd\u5e94", "en": "Respond within 30 s"}, "c": {"zh": "60 \u79d2\u5185\u63a5\u542c", "en": "Pick up within 60 s"}, "d": {"zh": "2 \u5206\u949f\u5185\u54cd\u5e94", "en": "Respond within 2 minutes"}}, "key": ["a", "b"], "explanation": {"zh": "CS-001 \u89c4\u5b9a 10 \u79d2\u4e0e 30 \u79d2\u3002", "en": "CS-001 says 10 s and 30 s."}}','2024-03-04 04:00:00.000000','[]');
INSERT INTO "itemversion" VALUES(9,9,'549e4cc70cf508faa3e996487e0eb64ca75a923122c1823194ff717644f970f0','truefalse','limits',1,'[]','["CS-001"]','{"stem": {"zh": "\u4f9d\u636e CS-001\uff0c\u7535\u8bdd\u5e94\u5728 10 \u79d2\u5185\u63a5\u542c\u3002", "en": "Under CS-001 a call is picked up within 10 seconds."}, "options": {"t": {"zh": "\u6b63\u786e", "en": "True"}, "f": {"zh": "\u9519\u8bef", "en": "False"}}, "key": ["t"], "explanation": {"zh": "CS-001 \u89c4\u5b9a 10 \u79d2\u3002", "en": "CS-001 says 10 seconds."}}','2024-03-04 04:00:00.000000','[]');
INSERT INTO "itemversion" VALUES(10,10,'1ade574b9843b4cd2279213fdec2e45e378c58c684f8e13a11df3df2f6fde93a','truefalse','limits',1,'[]','["CS-001"]','{"stem": {"zh": "\u4f9d\u636e CS-001\uff0c\u7535\u8bdd\u5e94\u5728 20 \u79d2\u5185\u63a5\u542c\u3002", "en": "Under CS-001 a call is picked up within 20 seconds."}, "options": {"t": {"zh": "\u6b63\u786e", "en": "True"}, "f": {"zh": "\u9519\u8bef", "en": "False"}}, "key": ["f"], "explanation": {"zh": "CS-001 \u89c4\u5b9a 10 \u79d2\u3002", "en": "CS-001 says 10 seconds."}}','2024-03-04 04:00:00.000000','[]');
INSERT INTO "itemversion" VALUES(11,11,'de66c49b11bfe4d778cb898b4bf6cb1ac1ccd204a026c3a8fadd36609cdda6de','truefalse','limits',1,'[]','["CS-001"]','{"stem": {"zh": "\u4f9d\u636e CS-001\uff0c\u7535\u8bdd\u5e94\u5728 30 \u79d2\u5185\u63a5\u542c\u3002", "en": "Under CS-001 a call is picked up within 30 seconds."}, "options": {"t": {"zh": "\u6b63\u786e", "en": "True"}, "f": {"zh": "\u9519\u8bef", "en": "False"}}, "key": ["f"], "explanation": {"zh": "CS-001 \u89c4\u5b9a 10 \u79d2\u3002", "en": "CS-001 says 10 seconds."}}','2024-03-04 04:00:00.000000','[]');
CREATE TABLE ledgerentry (
	sequence INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id INTEGER NOT NULL, 
	action VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	facts JSON NOT NULL, 
	previous_hash VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (sequence)
);
INSERT INTO "ledgerentry" VALUES(1,'2024-03-04 04:00:00.000000',0,'organisation-founded','person:1','{"demo": true}','','4abecf20725e836dd8148741b93e9fbd8ac96f2c82e700c9d6f17e46b49fc059');
INSERT INTO "ledgerentry" VALUES(2,'2024-03-04 04:00:00.000000',0,'course-loaded','course:sample','{"version": "1.0.0", "source_hash": "efb4de8a8a0bc50ba64a1ba5cd40ffee3574822639f5d4d686931811a5ef2a46"}','4abecf20725e836dd8148741b93e9fbd8ac96f2c82e700c9d6f17e46b49fc059','e72293c0bfe41de7f7f74a3653b0e959a67c9c32e799fe683961705dc69fb890');
INSERT INTO "ledgerentry" VALUES(3,'2024-03-04 04:00:00.000000',3,'lesson-finished','person:3','{"course": "sample", "lesson": "lesson-1"}','e72293c0bfe41de7f7f74a3653b0e959a67c9c32e799fe683961705dc69fb890','a3fdc64475c4d7fcfe0636e10d4f718b8352075319e9a93e5ad5fdd76586ad92');
INSERT INTO "ledgerentry" VALUES(4,'2024-03-04 04:00:00.000000',3,'lesson-finished','person:3','{"course": "sample", "lesson": "lesson-2"}','a3fdc64475c4d7fcfe0636e10d4f718b8352075319e9a93e5ad5fdd76586ad92','69a9f8f2004d872dda22bf396d5009aa7f6f591273d5ff365b0d74282894c99c');
INSERT INTO "ledgerentry" VALUES(5,'2024-03-04 04:00:00.000000',3,'lesson-finished','person:3','{"course": "sample", "lesson": "lesson-3"}','69a9f8f2004d872dda22bf396d5009aa7f6f591273d5ff365b0d74282894c99c','ff93bfaf697304d2cfe9a8d5cca89a8c59e12cf8e8e271651cdbabb9ecc9401b');
INSERT INTO "ledgerentry" VALUES(6,'2024-03-04 04:00:00.000000',4,'lesson-finished','person:4','{"course": "sample", "lesson": "lesson-1"}','ff93bfaf697304d2cfe9a8d5cca89a8c59e12cf8e8e271651cdbabb9ecc9401b','c3120228eb6bd346866548dd96a3b54bfae8b121acf682c861238a1bbfe667e8');
INSERT INTO "ledgerentry" VALUES(7,'2024-03-04 04:00:00.000000',4,'lesson-finished','person:4','{"course": "sample", "lesson": "lesson-2"}','c3120228eb6bd346866548dd96a3b54bfae8b121acf682c861238a1bbfe667e8','41a19a16dd307df45b0bfc4d0b2a84cf25c42fb57066c028addfde6c0d5fe705');
INSERT INTO "ledgerentry" VALUES(8,'2024-03-04 04:00:00.000000',4,'lesson-finished','person:4','{"course": "sample", "lesson": "lesson-3"}','41a19a16dd307df45b0bfc4d0b2a84cf25c42fb57066c028addfde6c0d5fe705','4bfa6712b1ab86124aa44a49a794e7d9fed141334d845e1ac0a13425b2e6f826');
INSERT INTO "ledgerentry" VALUES(9,'2024-03-04 04:00:00.000000',5,'lesson-finished','person:5','{"course": "sample", "lesson": "lesson-1"}','4bfa6712b1ab86124aa44a49a794e7d9fed141334d845e1ac0a13425b2e6f826','f272d4795373705da18002dbaab362ec2bbf10a1e53b2f3a933342fc5971e015');
INSERT INTO "ledgerentry" VALUES(10,'2024-03-04 04:00:00.000000',5,'lesson-finished','person:5','{"course": "sample", "lesson": "lesson-2"}','f272d4795373705da18002dbaab362ec2bbf10a1e53b2f3a933342fc5971e015','f522162b01c00318a3277fa4f0e366cd79c4417308c60a48ae18fc18feb0a1b3');
INSERT INTO "ledgerentry" VALUES(11,'2024-03-04 04:00:00.000000',5,'lesson-finished','person:5','{"course": "sample", "lesson": "lesson-3"}','f522162b01c00318a3277fa4f0e366cd79c4417308c60a48ae18fc18feb0a1b3','8dbff3d2a6114e4bf4506d0ebfd72290d3a765ba289582c2db7c32a32c5dc43a');
INSERT INTO "ledgerentry" VALUES(12,'2024-03-04 04:00:00.000000',3,'attempt-started','attempt:1','{"person": 3, "exam": 1, "fence": 1, "overlap": "0", "bound": "3/10"}','8dbff3d2a6114e4bf4506d0ebfd72290d3a765ba289582c2db7c32a32c5dc43a','a5bfb6c13295b7c03ace40ec3d55e8ade4b6c334eea7d7a4aeda9aba18db1ad4');
INSERT INTO "ledgerentry" VALUES(13,'2024-03-04 04:00:00.000000',3,'attempt-scored','attempt:1','{"result": 1, "kind": "scored", "earned": "15/2", "possible": "15/2", "pass_mark": "85", "passed": true, "fatal": false, "by_deadline": false, "chain_head": "73c33feedfe12fa1e1b20cb92a6269b80dd5e00266f0ba75f853163bdf1751a7", "parts": "8e80eadfec75c0b069e38ba795acb3810b097812a2e96d6fe4535cea269928d0", "correction": null, "seals": {"attemptresult:1/1": "5c648dea24d080da83471ef9ea7bc62060c955d600881abc78b3b2a966f44113", "attempt:1": "14ca1e9471d539e9823a5235201cfe04caf0e04f10a741f79f9e4b8b9a24daf6"}}','a5bfb6c13295b7c03ace40ec3d55e8ade4b6c334eea7d7a4aeda9aba18db1ad4','bfdcd6b5dc928c02204ae2059663c87ee33a4bcb12fc3e0d75058b5f9b1555fe');
INSERT INTO "ledgerentry" VALUES(14,'2024-03-04 04:00:00.000000',0,'qualification-granted','person:3','{"code": "reception", "certificate": "PQ-2024-000001-6", "valid_from": "2024-03-04", "valid_to": "2025-03-04", "basis": "exam", "reason": "attempt:1", "digest": "e3349c0d3daa8f63240be9c119dc631896053af4ec9a5e728a5a11d1243bab5e", "seals": {"qualification:1": "b9d148380c377b6a9c2f4c9ff9a9b939814a4c541179c45ad520c05e25b81da3", "certificate:1": "91f3dc14f4cebdd1fa673f7ce7b55434d2b6822e1775e6968e56217ada618ef5", "qualificationchange:1": "308b8246a735e2200d244e122e745270bf4dcaf3ea5c6c411b1ce2ef24e49faf"}}','bfdcd6b5dc928c02204ae2059663c87ee33a4bcb12fc3e0d75058b5f9b1555fe','e85d61ac9145593f1c3c13a720f0b177e931c4682a0c2f045974b84992e41656');
INSERT INTO "ledgerentry" VALUES(15,'2024-03-04 04:00:00.000000',0,'qualification-granted','person:3','{"code": "L1", "certificate": "L1-2024-000001-6", "valid_from": "2024-03-04", "valid_to": "2025-03-04", "basis": "exam", "reason": "attempt:1", "digest": "764ccd29dc0665748dc9c412ffb4fe5d26762aabaa4e700accf2fcafbe958234", "seals": {"qualification:2": "8d2cd20a8b851c007242c214312f602efc0eba0221149564f9814126b5b04a7b", "certificate:2": "ff2a814ca57e8b4e4f3cda43ef2f509f424ec26633f353af7346842cb5b79e06", "qualificationchange:2": "f9cc7f1566905adcef27e5a536a6b3f2316a4d2cdf9adc182d9d926a9f910436"}}','e85d61ac9145593f1c3c13a720f0b177e931c4682a0c2f045974b84992e41656','e1095de6596f2663ad6f8b0abc059f30be164f867fc59c9b88367044be6f4fbc');
INSERT INTO "ledgerentry" VALUES(16,'2024-03-04 04:00:00.000000',4,'attempt-started','attempt:2','{"person": 4, "exam": 1, "fence": 1, "overlap": "0", "bound": "3/10"}','e1095de6596f2663ad6f8b0abc059f30be164f867fc59c9b88367044be6f4fbc','4b298de0e9149a003660a650c6aa7ccbb3338aa4289a08e79c883bb06c555c49');
INSERT INTO "ledgerentry" VALUES(17,'2024-03-04 04:00:00.000000',4,'attempt-scored','attempt:2','{"result": 1, "kind": "scored", "earned": "2", "possible": "15/2", "pass_mark": "85", "passed": false, "fatal": false, "by_deadline": false, "chain_head": "f9340ebf6160d71fad7c1037eb8d0ed47aeb73ebcd31933158e1f42607b5f312", "parts": "2a4fbb8f841df3d5c15fef6e09b1a923be21f71b670cf2cf4640ff6c2fb5e98d", "correction": null, "seals": {"attemptresult:2/1": "ddfa46b00896ddd494e079413679d433473b3d5e10db4f853bbb07dec5c6e6ca", "attempt:2": "e814c1d5fe92472b7c261863c68b64f947cfca19a59227f99089513982cea0d0"}}','4b298de0e9149a003660a650c6aa7ccbb3338aa4289a08e79c883bb06c555c49','4233e4392827f58a75c987bdece593529d7c1d6b7b31ff6c83033b91a2f749e8');
INSERT INTO "ledgerentry" VALUES(18,'2024-03-04 04:00:00.000000',5,'attempt-started','attempt:3','{"person": 5, "exam": 1, "fence": 1, "overlap": "0", "bound": "3/10"}','4233e4392827f58a75c987bdece593529d7c1d6b7b31ff6c83033b91a2f749e8','6690ffd6a576bce8ff63459c955be5780511019faa0680f3142cb8c9f2e6af3d');
CREATE TABLE ledgerhead (
	id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "ledgerhead" VALUES(1,18,'6690ffd6a576bce8ff63459c955be5780511019faa0680f3142cb8c9f2e6af3d');
CREATE TABLE lesson (
	id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	method VARCHAR NOT NULL, 
	minutes INTEGER NOT NULL, 
	topics JSON NOT NULL, 
	title JSON NOT NULL, 
	body JSON NOT NULL, 
	available BOOLEAN NOT NULL, covers JSON DEFAULT '[]' NOT NULL, revised_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(course_id) REFERENCES course (id), 
	UNIQUE (course_id, code)
);
INSERT INTO "lesson" VALUES(1,1,'lesson-1',0,'lecture',5,'["greeting"]','{"zh": "\u7b2c 1 \u8bfe", "en": "Lesson 1"}','{"zh": "\n## \u5148\u95ee\u5019\n\n\u7b2c 1 \u8bfe\u7684**\u6b63\u6587**\uff1a\u5148\u95ee\u5019\uff0c\u518d\u95ee\u9700\u6c42\u3002Mixed text \u4e0e CS-001 \u4e00\u8d77\u6362\u884c\u3002\n\n> \u60a8\u597d\uff0c\u5f88\u9ad8\u5174\u4e3a\u60a8\u670d\u52a1\u3002\n\n| \u6b65\u9aa4 | \u65f6\u9650 |\n|---|---|\n| \u63a5\u542c | 10 \u79d2 |\n\n```\n\u767b\u8bb0\uff1a\u59d3\u540d\u3001\u7535\u8bdd\n```\n\n1. \u95ee\u5019\n2. \u503e\u542c\n", "en": "\n## Greet first\n\nThe **text** of lesson 1: greet first, then ask for the need.\n\n> Hello, glad to help you.\n\n| Step | Limit |\n|---|---|\n| Pick up | 10 s |\n\n```\nRegister: name, phone\n```\n\n1. Greet\n2. Listen\n"}',1,'[]','2024-03-04 04:00:00.000000');
INSERT INTO "lesson" VALUES(2,1,'lesson-2',1,'case',5,'["greeting"]','{"zh": "\u7b2c 2 \u8bfe", "en": "Lesson 2"}','{"zh": "\n## \u5148\u95ee\u5019\n\n\u7b2c 2 \u8bfe\u7684**\u6b63\u6587**\uff1a\u5148\u95ee\u5019\uff0c\u518d\u95ee\u9700\u6c42\u3002Mixed text \u4e0e CS-001 \u4e00\u8d77\u6362\u884c\u3002\n\n> \u60a8\u597d\uff0c\u5f88\u9ad8\u5174\u4e3a\u60a8\u670d\u52a1\u3002\n\n| \u6b65\u9aa4 | \u65f6\u9650 |\n|---|---|\n| \u63a5\u542c | 10 \u79d2 |\n\n```\n\u767b\u8bb0\uff1a\u59d3\u540d\u3001\u7535\u8bdd\n```\n\n1. \u95ee\u5019\n2. \u503e\u542c\n", "en": "\n## Greet first\n\nThe **text** of lesson 2: greet first, then ask for the need.\n\n> Hello, glad to help you.\n\n| Step | Limit |\n|---|---|\n| Pick up | 10 s |\n\n```\nRegister: name, phone\n```\n\n1. Greet\n2. Listen\n"}',1,'[]','2024-03-04 04:00:00.000000');
INSERT INTO "lesson" VALUES(3,1,'lesson-3',2,'simulation',5,'["limits"]','{"zh": "\u7b2c 3 \u8bfe", "en": "Lesson 3"}','{"zh": "\n## \u5148\u95ee\u5019\n\n\u7b2c 3 \u8bfe\u7684**\u6b63\u6587**\uff1a\u5148\u95ee\u5019\uff0c\u518d\u95ee\u9700\u6c42\u3002Mixed text \u4e0e CS-001 \u4e00\u8d77\u6362\u884c\u3002\n\n> \u60a8\u597d\uff0c\u5f88\u9ad8\u5174\u4e3a\u60a8\u670d\u52a1\u3002\n\n| \u6b65\u9aa4 | \u65f6\u9650 |\n|---|---|\n| \u63a5\u542c | 10 \u79d2 |\n\n```\n\u767b\u8bb0\uff1a\u59d3\u540d\u3001\u7535\u8bdd\n```\n\n1. \u95ee\u5019\n2. \u503e\u542c\n", "en": "\n## Greet first\n\nThe **text** of lesson 3: greet first, then ask for the need.\n\n> Hello, glad to help you.\n\n| Step | Limit |\n|---|---|\n| Pick up | 10 s |\n\n```\nRegister: name, phone\n```\n\n1. Greet\n2. Listen\n"}',1,'[]','2024-03-04 04:00:00.000000');
CREATE TABLE lessonprogress (
	person_id INTEGER NOT NULL, 
	lesson_id INTEGER NOT NULL, 
	block INTEGER NOT NULL, 
	opened_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	PRIMARY KEY (person_id, lesson_id), 
	FOREIGN KEY(lesson_id) REFERENCES lesson (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "lessonprogress" VALUES(3,1,0,'2024-03-04 04:00:00.000000','2024-03-04 04:00:00.000000');
INSERT INTO "lessonprogress" VALUES(3,2,0,'2024-03-04 04:00:00.000000','2024-03-04 04:00:00.000000');
INSERT INTO "lessonprogress" VALUES(3,3,0,'2024-03-04 04:00:00.000000','2024-03-04 04:00:00.000000');
INSERT INTO "lessonprogress" VALUES(4,1,0,'2024-03-04 04:00:00.000000','2024-03-04 04:00:00.000000');
INSERT INTO "lessonprogress" VALUES(4,2,0,'2024-03-04 04:00:00.000000','2024-03-04 04:00:00.000000');
INSERT INTO "lessonprogress" VALUES(4,3,0,'2024-03-04 04:00:00.000000','2024-03-04 04:00:00.000000');
INSERT INTO "lessonprogress" VALUES(5,1,0,'2024-03-04 04:00:00.000000','2024-03-04 04:00:00.000000');
INSERT INTO "lessonprogress" VALUES(5,2,0,'2024-03-04 04:00:00.000000','2024-03-04 04:00:00.000000');
INSERT INTO "lessonprogress" VALUES(5,3,0,'2024-03-04 04:00:00.000000','2024-03-04 04:00:00.000000');
CREATE TABLE marking (
	id INTEGER NOT NULL, 
	attempt_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	examiner_id INTEGER NOT NULL, 
	points JSON NOT NULL, 
	remarks JSON NOT NULL, 
	share VARCHAR(64), 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	FOREIGN KEY(examiner_id) REFERENCES person (id), 
	UNIQUE (attempt_id, position, examiner_id), 
	UNIQUE (attempt_id, position, round)
);
CREATE TABLE measuredvalue (
	id INTEGER NOT NULL, 
	period_id INTEGER NOT NULL, 
	person_id INTEGER, 
	department_id INTEGER, 
	indicator VARCHAR NOT NULL, 
	value VARCHAR(64), 
	source VARCHAR NOT NULL, 
	recorded_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(department_id) REFERENCES department (id), 
	FOREIGN KEY(period_id) REFERENCES evaluationperiod (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE noticestep (
	id INTEGER NOT NULL, 
	notice_id INTEGER NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	text VARCHAR NOT NULL, 
	passed BOOLEAN, 
	"by" INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(notice_id) REFERENCES rectificationnotice (id)
);
CREATE TABLE onboardingrefusal (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	accepted BOOLEAN, 
	decided_by INTEGER, 
	decision VARCHAR NOT NULL, 
	decided_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE organisation (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	demo BOOLEAN NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "organisation" VALUES(1,'示例公司',1);
CREATE TABLE outage (
	id INTEGER NOT NULL, 
	began_at DATETIME NOT NULL, 
	ended_at DATETIME NOT NULL, 
	node VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE outsidecertificate (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	issuer VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	issued_on DATE NOT NULL, 
	valid_to DATE, 
	process VARCHAR NOT NULL, 
	qualification_id INTEGER, 
	recorded_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(qualification_id) REFERENCES qualification (id)
);
CREATE TABLE outsideperson (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	organisation VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	recorded_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE panel (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	level VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	recorded_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE panelscore (
	panel_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	score VARCHAR(64), 
	remark VARCHAR NOT NULL, 
	PRIMARY KEY (panel_id, member_id), 
	FOREIGN KEY(member_id) REFERENCES person (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id)
);
CREATE TABLE person (
	id INTEGER NOT NULL, 
	staff_no VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	department_id INTEGER NOT NULL, 
	post_id INTEGER NOT NULL, 
	supervisor_id INTEGER, 
	hired_on DATE NOT NULL, 
	status VARCHAR(20) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(department_id) REFERENCES department (id), 
	FOREIGN KEY(post_id) REFERENCES post (id), 
	FOREIGN KEY(supervisor_id) REFERENCES person (id), 
	UNIQUE (staff_no)
);
INSERT INTO "person" VALUES(1,'0001','管理员',1,1,NULL,'2024-03-04','employed');
INSERT INTO "person" VALUES(2,'S0001','主管',2,2,NULL,'2024-03-04','employed');
INSERT INTO "person" VALUES(3,'E1001','王小兰',2,2,2,'2024-03-04','employed');
INSERT INTO "person" VALUES(4,'E1002','李雷',2,2,2,'2024-03-04','employed');
INSERT INTO "person" VALUES(5,'H0001','人事',2,2,NULL,'2024-03-04','employed');
CREATE TABLE personmessage (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR NOT NULL, 
	facts JSON NOT NULL, 
	read_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE phaseexemption (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	phase VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	exempted_by INTEGER, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(exempted_by) REFERENCES person (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE pilotscene (
	id INTEGER NOT NULL, 
	draft_id INTEGER NOT NULL, 
	scene VARCHAR NOT NULL, 
	works BOOLEAN NOT NULL, 
	feedback VARCHAR NOT NULL, 
	"by" INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	voided_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(draft_id) REFERENCES standarddraft (id)
);
CREATE TABLE placement (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	from_day DATE NOT NULL, 
	name VARCHAR NOT NULL, 
	department_id INTEGER NOT NULL, 
	post_id INTEGER NOT NULL, 
	supervisor_id INTEGER, 
	status VARCHAR(20) NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(department_id) REFERENCES department (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(post_id) REFERENCES post (id), 
	FOREIGN KEY(supervisor_id) REFERENCES person (id)
);
INSERT INTO "placement" VALUES(1,1,'2024-03-04','管理员',1,1,NULL,'employed','2024-03-04 04:00:00.000000');
CREATE TABLE planline (
	id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	month INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	course VARCHAR NOT NULL, 
	mode VARCHAR(20) NOT NULL, 
	hours VARCHAR(64), 
	audience VARCHAR NOT NULL, 
	trainer VARCHAR NOT NULL, 
	planned_fen INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(plan_id) REFERENCES annualplan (id)
);
CREATE TABLE policyversion (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	digest VARCHAR NOT NULL, 
	"values" JSON NOT NULL, 
	changed_by INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE post (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_en VARCHAR NOT NULL, 
	track VARCHAR NOT NULL, 
	layer VARCHAR NOT NULL, 
	meets_customers BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (code)
);
INSERT INTO "post" VALUES(1,'administrator','管理员','Administrator','service','experienced-management',0);
INSERT INTO "post" VALUES(2,'agent','客服专员','Agent','service','experienced-front-line',1);
CREATE TABLE practiceanswer (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	topic VARCHAR NOT NULL, 
	seed VARCHAR NOT NULL, 
	answer JSON, 
	share VARCHAR(64), 
	recalled BOOLEAN, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(item_id) REFERENCES item (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(version_id) REFERENCES itemversion (id)
);
CREATE TABLE practicecard (
	person_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	card JSON NOT NULL, 
	due_at DATETIME NOT NULL, 
	PRIMARY KEY (person_id, item_id), 
	FOREIGN KEY(item_id) REFERENCES item (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE procedurestep (
	id INTEGER NOT NULL, 
	procedure VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	title JSON NOT NULL, 
	post VARCHAR NOT NULL, 
	output JSON NOT NULL, 
	"limit" VARCHAR NOT NULL, 
	standard VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (procedure, position)
);
CREATE TABLE proposal (
	id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	subject VARCHAR NOT NULL, 
	person_id INTEGER NOT NULL, 
	facts JSON NOT NULL, 
	reason VARCHAR NOT NULL, 
	proposed_by INTEGER NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	remark VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE proposedconsequence (
	id INTEGER NOT NULL, 
	evaluation_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	facts JSON NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	due_on DATE, 
	reason VARCHAR NOT NULL, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(evaluation_id) REFERENCES evaluation (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE qualification (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	code VARCHAR NOT NULL, 
	title JSON NOT NULL, 
	issued_on DATE NOT NULL, 
	first_issued_on DATE NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_to DATE NOT NULL, 
	attempt_id INTEGER, basis VARCHAR(20) DEFAULT 'exam' NOT NULL, post VARCHAR DEFAULT '' NOT NULL, extensions INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "qualification" VALUES(1,3,'post','reception','{"zh": "\u63a5\u5f85", "en": "Reception"}','2024-03-04','2024-03-04','2024-03-04','2025-03-04',1,'exam','agent',0);
INSERT INTO "qualification" VALUES(2,3,'level','L1','{"zh": "\u5ba2\u670d\u4e13\u5458", "en": "Agent"}','2024-03-04','2024-03-04','2024-03-04','2025-03-04',1,'exam','',0);
CREATE TABLE qualificationchange (
	id INTEGER NOT NULL, 
	qualification_id INTEGER NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	from_day DATE NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id INTEGER, 
	reason VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(actor_id) REFERENCES person (id), 
	FOREIGN KEY(qualification_id) REFERENCES qualification (id)
);
INSERT INTO "qualificationchange" VALUES(1,1,'active','2024-03-04','2024-03-04 04:00:00.000000',NULL,'attempt:1');
INSERT INTO "qualificationchange" VALUES(2,2,'active','2024-03-04','2024-03-04 04:00:00.000000',NULL,'attempt:1');
CREATE TABLE qualitygoal (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	title JSON NOT NULL, 
	unit JSON NOT NULL, 
	base VARCHAR(64), 
	target VARCHAR(64), 
	recorded_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (code)
);
CREATE TABLE qualitygoalvalue (
	id INTEGER NOT NULL, 
	goal_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	value VARCHAR(64), 
	facts JSON, 
	recorded_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(goal_id) REFERENCES qualitygoal (id), 
	UNIQUE (goal_id, day)
);
CREATE TABLE rating (
	id INTEGER NOT NULL, 
	period_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	rater_type VARCHAR(20) NOT NULL, 
	rater_id INTEGER, 
	counts BOOLEAN NOT NULL, 
	score VARCHAR(64), 
	comment VARCHAR NOT NULL, 
	reference VARCHAR NOT NULL, 
	given_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(period_id) REFERENCES evaluationperiod (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(rater_id) REFERENCES person (id), 
	UNIQUE (period_id, person_id, rater_type, rater_id)
);
CREATE TABLE rectificationnotice (
	id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	inspection_id INTEGER, 
	department_id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	standard VARCHAR NOT NULL, 
	problem VARCHAR NOT NULL, 
	cause VARCHAR NOT NULL, 
	measure VARCHAR NOT NULL, 
	issued_by INTEGER NOT NULL, 
	issued_on DATE NOT NULL, 
	due_on DATE NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	done_on DATE, 
	verified_on DATE, 
	verified_by INTEGER, 
	reopened INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(department_id) REFERENCES department (id), 
	FOREIGN KEY(inspection_id) REFERENCES inspection (id), 
	FOREIGN KEY(owner_id) REFERENCES person (id), 
	UNIQUE (number)
);
CREATE TABLE remarking (
	id INTEGER NOT NULL, 
	attempt_id INTEGER NOT NULL, 
	asked_at DATETIME NOT NULL, 
	reason VARCHAR NOT NULL, 
	decided_at DATETIME, 
	decided_by INTEGER, 
	granted BOOLEAN, 
	answer VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	FOREIGN KEY(decided_by) REFERENCES person (id)
);
CREATE TABLE "remedialassignment" (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	exam_id INTEGER NOT NULL, 
	attempt_id INTEGER, 
	topics JSON NOT NULL, 
	assigned_at DATETIME NOT NULL, 
	due_on DATE NOT NULL, 
	cancelled_at DATETIME, 
	origin VARCHAR DEFAULT 'attempt' NOT NULL, 
	origin_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (attempt_id), 
	FOREIGN KEY(exam_id) REFERENCES exam (id), 
	FOREIGN KEY(attempt_id) REFERENCES attempt (id)
);
INSERT INTO "remedialassignment" VALUES(1,4,1,2,'["greeting", "limits"]','2024-03-04 04:00:00.000000','2024-03-18',NULL,'attempt',NULL);
CREATE TABLE response (
	attempt_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	answer JSON, 
	flagged BOOLEAN NOT NULL, 
	received_at DATETIME NOT NULL, 
	previous_hash VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, erased_at DATETIME, 
	PRIMARY KEY (attempt_id, sequence), 
	FOREIGN KEY(attempt_id) REFERENCES attempt (id)
);
INSERT INTO "response" VALUES(1,1,0,'{"chosen": ["b"]}',0,'2024-03-04 04:00:00.000000','','37734d5417214977bf29948338a60a4ba60f1aa6502b0fc8aeb786b606ba5440',NULL);
INSERT INTO "response" VALUES(1,2,1,'{"chosen": ["b"]}',0,'2024-03-04 04:00:00.000000','37734d5417214977bf29948338a60a4ba60f1aa6502b0fc8aeb786b606ba5440','583b68d6b2a9979aa763a55c8ce3fc81f2c3e691bdf334d0da8f84e4f57dfc7e',NULL);
INSERT INTO "response" VALUES(1,3,2,'{"chosen": ["f"]}',0,'2024-03-04 04:00:00.000000','583b68d6b2a9979aa763a55c8ce3fc81f2c3e691bdf334d0da8f84e4f57dfc7e','86a800c1d2c54edca7c9177ca73e7bb7eb4d89e829f11a733600b4d9ac4a99f0',NULL);
INSERT INTO "response" VALUES(1,4,3,'{"chosen": ["a", "b"]}',0,'2024-03-04 04:00:00.000000','86a800c1d2c54edca7c9177ca73e7bb7eb4d89e829f11a733600b4d9ac4a99f0','73c33feedfe12fa1e1b20cb92a6269b80dd5e00266f0ba75f853163bdf1751a7',NULL);
INSERT INTO "response" VALUES(2,1,0,'{"chosen": ["b"]}',0,'2024-03-04 04:00:00.000000','','f9340ebf6160d71fad7c1037eb8d0ed47aeb73ebcd31933158e1f42607b5f312',NULL);
INSERT INTO "response" VALUES(3,1,0,'{"chosen": ["a"]}',1,'2024-03-04 04:00:00.000000','','a872d9956166dbde5b89906658fc34b8d80b3f4b7017a3fd1169bda1b4cf3a64',NULL);
CREATE TABLE retakedecision (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	exam_id INTEGER NOT NULL, 
	granted BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	decided_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(decided_by) REFERENCES person (id), 
	FOREIGN KEY(exam_id) REFERENCES exam (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE reviewstep (
	id INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	note VARCHAR NOT NULL, 
	answer JSON, 
	agrees BOOLEAN, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(version_id) REFERENCES itemversion (id)
);
CREATE TABLE rolegrant (
	person_id INTEGER NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	PRIMARY KEY (person_id, role), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "rolegrant" VALUES(1,'administrator');
INSERT INTO "rolegrant" VALUES(1,'hr');
INSERT INTO "rolegrant" VALUES(1,'learner');
INSERT INTO "rolegrant" VALUES(2,'learner');
INSERT INTO "rolegrant" VALUES(2,'supervisor');
INSERT INTO "rolegrant" VALUES(3,'learner');
INSERT INTO "rolegrant" VALUES(4,'learner');
INSERT INTO "rolegrant" VALUES(5,'learner');
INSERT INTO "rolegrant" VALUES(5,'hr');
CREATE TABLE savedview (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	page VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	"values" JSON NOT NULL, 
	is_default BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (person_id, page, name)
);
CREATE TABLE seriousproblem (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	what VARCHAR NOT NULL, 
	inspection_id INTEGER, 
	reported_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	confirmed BOOLEAN, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	decision VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(inspection_id) REFERENCES inspection (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE signedcredential (
	certificate_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	form VARCHAR(20) NOT NULL, 
	key_id VARCHAR NOT NULL, 
	signed_at DATETIME NOT NULL, 
	document VARCHAR NOT NULL, 
	PRIMARY KEY (certificate_id, revision, form), 
	FOREIGN KEY(certificate_id) REFERENCES certificate (id), 
	FOREIGN KEY(key_id) REFERENCES signingkey (id)
);
CREATE TABLE signingkey (
	id VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	made_by INTEGER NOT NULL, 
	retired_at DATETIME, 
	PRIMARY KEY (id)
);
CREATE TABLE sittingevent (
	id INTEGER NOT NULL, 
	attempt_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR NOT NULL, 
	facts JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(attempt_id) REFERENCES attempt (id)
);
CREATE TABLE skilldecision (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	skilled BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	decided_by INTEGER NOT NULL, 
	day DATE NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE standard (
	id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	withdrawn_on DATE, 
	PRIMARY KEY (id), 
	UNIQUE (number)
);
CREATE TABLE standarddraft (
	id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	content JSON NOT NULL, 
	description VARCHAR NOT NULL, 
	is_material BOOLEAN NOT NULL, 
	is_confidential BOOLEAN NOT NULL, 
	effective_from DATE NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	drafted_by INTEGER NOT NULL, 
	drafted_at DATETIME NOT NULL, 
	approved_by INTEGER, 
	approved_at DATETIME, 
	version_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(version_id) REFERENCES standardversion (id)
);
CREATE TABLE standardopinion (
	id INTEGER NOT NULL, 
	draft_id INTEGER NOT NULL, 
	side VARCHAR NOT NULL, 
	agrees BOOLEAN NOT NULL, 
	opinion VARCHAR NOT NULL, 
	"by" INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	voided_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(draft_id) REFERENCES standarddraft (id)
);
CREATE TABLE standardreview (
	id INTEGER NOT NULL, 
	standard_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	keeps BOOLEAN NOT NULL, 
	remark VARCHAR NOT NULL, 
	"by" INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(standard_id) REFERENCES standard (id)
);
CREATE TABLE standardversion (
	id INTEGER NOT NULL, 
	standard_id INTEGER NOT NULL, 
	effective_from DATE NOT NULL, 
	item JSON NOT NULL, 
	category VARCHAR(20) NOT NULL, 
	requirement JSON NOT NULL, 
	department JSON NOT NULL, 
	target JSON, 
	remark JSON NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, description VARCHAR DEFAULT '' NOT NULL, reviser_id INTEGER, is_material BOOLEAN DEFAULT 0 NOT NULL, is_confidential BOOLEAN DEFAULT 0 NOT NULL, delta_assigned_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(standard_id) REFERENCES standard (id), 
	UNIQUE (standard_id, effective_from)
);
CREATE TABLE survey (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	sent INTEGER NOT NULL, 
	returned INTEGER NOT NULL, 
	topics JSON NOT NULL, 
	source VARCHAR NOT NULL, 
	recorded_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (code)
);
CREATE TABLE timegrant (
	id INTEGER NOT NULL, 
	attempt_id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	seconds INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	actor_id INTEGER, 
	outage_id INTEGER, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(actor_id) REFERENCES person (id), 
	FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	FOREIGN KEY(outage_id) REFERENCES outage (id)
);
CREATE TABLE trainingagreement (
	id INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	session_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	signed_at DATETIME NOT NULL, 
	amount_fen INTEGER NOT NULL, 
	terms VARCHAR NOT NULL, 
	facts JSON NOT NULL, 
	recorded_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(session_id) REFERENCES trainingsession (id), 
	UNIQUE (number), 
	UNIQUE (session_id, person_id)
);
CREATE TABLE trainingneed (
	id INTEGER NOT NULL, 
	post VARCHAR NOT NULL, 
	layer VARCHAR NOT NULL, 
	module VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (post, layer, module)
);
CREATE TABLE trainingowner (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	from_day DATE NOT NULL, 
	to_day DATE, 
	assigned_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(owner_id) REFERENCES person (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE trainingsession (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	mode VARCHAR(20) NOT NULL, 
	course VARCHAR NOT NULL, 
	line_id INTEGER, 
	ad_hoc_plan_id INTEGER, 
	cohort_id INTEGER, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	place VARCHAR NOT NULL, 
	trainer_id INTEGER, 
	outside_trainer_id INTEGER, 
	funded BOOLEAN NOT NULL, 
	planned_fen INTEGER NOT NULL, 
	actual_fen INTEGER, 
	state VARCHAR(20) NOT NULL, 
	remark VARCHAR NOT NULL, 
	recorded_by INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(ad_hoc_plan_id) REFERENCES adhocplan (id), 
	FOREIGN KEY(cohort_id) REFERENCES cohort (id), 
	FOREIGN KEY(line_id) REFERENCES planline (id), 
	FOREIGN KEY(outside_trainer_id) REFERENCES outsideperson (id), 
	FOREIGN KEY(trainer_id) REFERENCES person (id), 
	UNIQUE (code)
);
CREATE INDEX ix_exam_course_id ON exam (course_id);
CREATE INDEX ix_item_course_id ON item (course_id);
CREATE INDEX ix_lesson_course_id ON lesson (course_id);
CREATE INDEX ix_person_department_id ON person (department_id);
CREATE INDEX ix_attempt_exam_id ON attempt (exam_id);
CREATE INDEX ix_attempt_person_id ON attempt (person_id);
CREATE UNIQUE INDEX one_open_attempt ON attempt (person_id, exam_id) WHERE state = 'open';
CREATE INDEX ix_enrolment_person_id ON enrolment (person_id);
CREATE INDEX ix_itemversion_item_id ON itemversion (item_id);
CREATE INDEX ix_qualification_code ON qualification (code);
CREATE INDEX ix_qualification_person_id ON qualification (person_id);
CREATE INDEX ix_qualificationchange_qualification_id ON qualificationchange (qualification_id);
CREATE INDEX ix_accommodation_person_id ON accommodation (person_id);
CREATE INDEX ix_cohort_exam_id ON cohort (exam_id);
CREATE INDEX ix_guidance_person_id ON guidance (person_id);
CREATE INDEX ix_personmessage_person_id ON personmessage (person_id);
CREATE INDEX ix_practicecard_due_at ON practicecard (due_at);
CREATE INDEX ix_correction_exam_id ON correction (exam_id);
CREATE INDEX ix_correction_version_id ON correction (version_id);
CREATE INDEX ix_practiceanswer_person_id ON practiceanswer (person_id);
CREATE INDEX ix_retakedecision_person_id ON retakedecision (person_id);
CREATE INDEX ix_marking_attempt_id ON marking (attempt_id);
CREATE INDEX ix_remarking_attempt_id ON remarking (attempt_id);
CREATE INDEX ix_sittingevent_attempt_id ON sittingevent (attempt_id);
CREATE INDEX ix_timegrant_attempt_id ON timegrant (attempt_id);
CREATE INDEX ix_attempt_cohort_id ON attempt (cohort_id);
CREATE INDEX ix_ledgerentry_subject ON ledgerentry (subject);
CREATE INDEX ix_procedurestep_procedure ON procedurestep (procedure);
CREATE INDEX ix_courserevision_course_id ON courserevision (course_id);
CREATE INDEX ix_standardversion_standard_id ON standardversion (standard_id);
CREATE INDEX ix_developmententry_person_id ON developmententry (person_id);
CREATE INDEX ix_fieldpracticeentry_person_id ON fieldpracticeentry (person_id);
CREATE INDEX ix_phaseexemption_person_id ON phaseexemption (person_id);
CREATE INDEX ix_reviewstep_version_id ON reviewstep (version_id);
CREATE INDEX ix_departmentsheet_period_id ON departmentsheet (period_id);
CREATE INDEX ix_planline_plan_id ON planline (plan_id);
CREATE INDEX ix_qualitygoalvalue_goal_id ON qualitygoalvalue (goal_id);
CREATE INDEX ix_standardreview_standard_id ON standardreview (standard_id);
CREATE INDEX ix_absence_person_id ON absence (person_id);
CREATE INDEX ix_deltatraining_person_id ON deltatraining (person_id);
CREATE INDEX ix_deltatraining_version_id ON deltatraining (version_id);
CREATE INDEX ix_evaluation_period_id ON evaluation (period_id);
CREATE INDEX ix_evaluation_person_id ON evaluation (person_id);
CREATE INDEX ix_evaluationevidence_person_id ON evaluationevidence (person_id);
CREATE INDEX ix_inspection_department_id ON inspection (department_id);
CREATE INDEX ix_inspection_person_id ON inspection (person_id);
CREATE INDEX ix_measuredvalue_period_id ON measuredvalue (period_id);
CREATE INDEX ix_measuredvalue_person_id ON measuredvalue (person_id);
CREATE INDEX ix_onboardingrefusal_person_id ON onboardingrefusal (person_id);
CREATE INDEX ix_panel_person_id ON panel (person_id);
CREATE INDEX ix_placement_person_id ON placement (person_id);
CREATE INDEX ix_rating_period_id ON rating (period_id);
CREATE INDEX ix_rating_person_id ON rating (person_id);
CREATE INDEX ix_rating_rater_id ON rating (rater_id);
CREATE INDEX ix_skilldecision_person_id ON skilldecision (person_id);
CREATE INDEX ix_standarddraft_number ON standarddraft (number);
CREATE INDEX ix_trainingowner_person_id ON trainingowner (person_id);
CREATE INDEX ix_appeal_person_id ON appeal (person_id);
CREATE INDEX ix_coachingplan_person_id ON coachingplan (person_id);
CREATE INDEX ix_countersignature_form_id ON countersignature (form_id);
CREATE INDEX ix_anomalystep_form_id ON anomalystep (form_id);
CREATE INDEX ix_pilotscene_draft_id ON pilotscene (draft_id);
CREATE INDEX ix_proposedconsequence_evaluation_id ON proposedconsequence (evaluation_id);
CREATE INDEX ix_proposedconsequence_person_id ON proposedconsequence (person_id);
CREATE INDEX ix_rectificationnotice_inspection_id ON rectificationnotice (inspection_id);
CREATE INDEX ix_rectificationnotice_owner_id ON rectificationnotice (owner_id);
CREATE INDEX ix_seriousproblem_person_id ON seriousproblem (person_id);
CREATE INDEX ix_standardopinion_draft_id ON standardopinion (draft_id);
CREATE INDEX ix_attendee_person_id ON attendee (person_id);
CREATE INDEX ix_attendee_session_id ON attendee (session_id);
CREATE INDEX ix_noticestep_notice_id ON noticestep (notice_id);
CREATE INDEX ix_trainingagreement_person_id ON trainingagreement (person_id);
CREATE INDEX ix_trainingagreement_session_id ON trainingagreement (session_id);
CREATE INDEX ix_outsidecertificate_person_id ON outsidecertificate (person_id);
CREATE INDEX ix_remedialassignment_person_id ON remedialassignment (person_id);
CREATE INDEX ix_proposal_person_id ON proposal (person_id);
CREATE UNIQUE INDEX one_open_proposal ON proposal (kind, subject) WHERE state = 'open';
CREATE INDEX ix_savedview_person_id ON savedview (person_id);
CREATE TRIGGER guard_ledgerentry_update BEFORE UPDATE ON ledgerentry FOR EACH ROW WHEN ((CAST(OLD."sequence" AS TEXT) IS NOT CAST(NEW."sequence" AS TEXT)) OR (CAST(OLD."at" AS TEXT) IS NOT CAST(NEW."at" AS TEXT)) OR (CAST(OLD."actor_id" AS TEXT) IS NOT CAST(NEW."actor_id" AS TEXT)) OR (CAST(OLD."action" AS TEXT) IS NOT CAST(NEW."action" AS TEXT)) OR (CAST(OLD."subject" AS TEXT) IS NOT CAST(NEW."subject" AS TEXT)) OR (CAST(OLD."facts" AS TEXT) IS NOT CAST(NEW."facts" AS TEXT)) OR (CAST(OLD."previous_hash" AS TEXT) IS NOT CAST(NEW."previous_hash" AS TEXT)) OR (CAST(OLD."hash" AS TEXT) IS NOT CAST(NEW."hash" AS TEXT))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of ledgerentry are kept as they are'); END;
CREATE TRIGGER guard_ledgerentry_delete BEFORE DELETE ON ledgerentry FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of ledgerentry are kept as they are'); END;
CREATE TRIGGER guard_ledgerentry_insert BEFORE INSERT ON ledgerentry FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM ledgerentry WHERE sequence = NEW.sequence)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of ledgerentry are kept as they are'); END;
CREATE TRIGGER guard_ledgerhead_update BEFORE UPDATE ON ledgerhead FOR EACH ROW WHEN ((NEW.sequence <= OLD.sequence) OR (CAST(OLD."id" AS TEXT) IS NOT CAST(NEW."id" AS TEXT))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of ledgerhead are kept as they are'); END;
CREATE TRIGGER guard_ledgerhead_delete BEFORE DELETE ON ledgerhead FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of ledgerhead are kept as they are'); END;
CREATE TRIGGER guard_ledgerhead_insert BEFORE INSERT ON ledgerhead FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM ledgerhead WHERE id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of ledgerhead are kept as they are'); END;
CREATE TRIGGER guard_response_update BEFORE UPDATE ON response FOR EACH ROW WHEN ((NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL) OR (CAST(OLD."attempt_id" AS TEXT) IS NOT CAST(NEW."attempt_id" AS TEXT)) OR (CAST(OLD."sequence" AS TEXT) IS NOT CAST(NEW."sequence" AS TEXT)) OR (CAST(OLD."position" AS TEXT) IS NOT CAST(NEW."position" AS TEXT)) OR (CAST(OLD."answer" AS TEXT) IS NOT CAST(NEW."answer" AS TEXT) AND COALESCE(CAST(NEW."answer" AS TEXT), '') NOT IN ('', '{}', '[]', 'null')) OR (CAST(OLD."flagged" AS TEXT) IS NOT CAST(NEW."flagged" AS TEXT)) OR (CAST(OLD."received_at" AS TEXT) IS NOT CAST(NEW."received_at" AS TEXT)) OR (CAST(OLD."previous_hash" AS TEXT) IS NOT CAST(NEW."previous_hash" AS TEXT)) OR (CAST(OLD."hash" AS TEXT) IS NOT CAST(NEW."hash" AS TEXT)) OR (OLD."erased_at" IS NOT NULL AND CAST(OLD."erased_at" AS TEXT) IS NOT CAST(NEW."erased_at" AS TEXT))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of response are kept as they are'); END;
CREATE TRIGGER guard_response_delete BEFORE DELETE ON response FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of response are kept as they are'); END;
CREATE TRIGGER guard_response_insert BEFORE INSERT ON response FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM response WHERE attempt_id = NEW.attempt_id AND sequence = NEW.sequence)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of response are kept as they are'); END;
CREATE TRIGGER guard_attemptresult_update BEFORE UPDATE ON attemptresult FOR EACH ROW WHEN ((CAST(OLD."attempt_id" AS TEXT) IS NOT CAST(NEW."attempt_id" AS TEXT)) OR (CAST(OLD."number" AS TEXT) IS NOT CAST(NEW."number" AS TEXT)) OR (CAST(OLD."kind" AS TEXT) IS NOT CAST(NEW."kind" AS TEXT)) OR (CAST(OLD."at" AS TEXT) IS NOT CAST(NEW."at" AS TEXT)) OR (CAST(OLD."earned" AS TEXT) IS NOT CAST(NEW."earned" AS TEXT)) OR (CAST(OLD."possible" AS TEXT) IS NOT CAST(NEW."possible" AS TEXT)) OR (CAST(OLD."passed" AS TEXT) IS NOT CAST(NEW."passed" AS TEXT)) OR (CAST(OLD."parts" AS TEXT) IS NOT CAST(NEW."parts" AS TEXT)) OR (CAST(OLD."reason" AS TEXT) IS NOT CAST(NEW."reason" AS TEXT) AND COALESCE(CAST(NEW."reason" AS TEXT), '') NOT IN ('', '{}', '[]', 'null')) OR (CAST(OLD."correction_id" AS TEXT) IS NOT CAST(NEW."correction_id" AS TEXT))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of attemptresult are kept as they are'); END;
CREATE TRIGGER guard_attemptresult_delete BEFORE DELETE ON attemptresult FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of attemptresult are kept as they are'); END;
CREATE TRIGGER guard_attemptresult_insert BEFORE INSERT ON attemptresult FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM attemptresult WHERE attempt_id = NEW.attempt_id AND number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of attemptresult are kept as they are'); END;
CREATE TRIGGER guard_marking_update BEFORE UPDATE ON marking FOR EACH ROW WHEN ((CAST(OLD."id" AS TEXT) IS NOT CAST(NEW."id" AS TEXT)) OR (CAST(OLD."attempt_id" AS TEXT) IS NOT CAST(NEW."attempt_id" AS TEXT)) OR (CAST(OLD."position" AS TEXT) IS NOT CAST(NEW."position" AS TEXT)) OR (CAST(OLD."round" AS TEXT) IS NOT CAST(NEW."round" AS TEXT)) OR (CAST(OLD."examiner_id" AS TEXT) IS NOT CAST(NEW."examiner_id" AS TEXT)) OR (CAST(OLD."points" AS TEXT) IS NOT CAST(NEW."points" AS TEXT)) OR (CAST(OLD."remarks" AS TEXT) IS NOT CAST(NEW."remarks" AS TEXT) AND COALESCE(CAST(NEW."remarks" AS TEXT), '') NOT IN ('', '{}', '[]', 'null')) OR (CAST(OLD."share" AS TEXT) IS NOT CAST(NEW."share" AS TEXT)) OR (CAST(OLD."at" AS TEXT) IS NOT CAST(NEW."at" AS TEXT))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of marking are kept as they are'); END;
CREATE TRIGGER guard_marking_delete BEFORE DELETE ON marking FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of marking are kept as they are'); END;
CREATE TRIGGER guard_marking_insert BEFORE INSERT ON marking FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM marking WHERE id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of marking are kept as they are'); END;
CREATE TRIGGER guard_qualificationchange_update BEFORE UPDATE ON qualificationchange FOR EACH ROW WHEN ((CAST(OLD."id" AS TEXT) IS NOT CAST(NEW."id" AS TEXT)) OR (CAST(OLD."qualification_id" AS TEXT) IS NOT CAST(NEW."qualification_id" AS TEXT)) OR (CAST(OLD."state" AS TEXT) IS NOT CAST(NEW."state" AS TEXT)) OR (CAST(OLD."from_day" AS TEXT) IS NOT CAST(NEW."from_day" AS TEXT)) OR (CAST(OLD."at" AS TEXT) IS NOT CAST(NEW."at" AS TEXT)) OR (CAST(OLD."actor_id" AS TEXT) IS NOT CAST(NEW."actor_id" AS TEXT)) OR (CAST(OLD."reason" AS TEXT) IS NOT CAST(NEW."reason" AS TEXT) AND COALESCE(CAST(NEW."reason" AS TEXT), '') NOT IN ('', '{}', '[]', 'null'))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of qualificationchange are kept as they are'); END;
CREATE TRIGGER guard_qualificationchange_delete BEFORE DELETE ON qualificationchange FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of qualificationchange are kept as they are'); END;
CREATE TRIGGER guard_qualificationchange_insert BEFORE INSERT ON qualificationchange FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM qualificationchange WHERE id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of qualificationchange are kept as they are'); END;
CREATE TRIGGER guard_evaluation_update BEFORE UPDATE ON evaluation FOR EACH ROW WHEN ((CAST(OLD."id" AS TEXT) IS NOT CAST(NEW."id" AS TEXT)) OR (CAST(OLD."period_id" AS TEXT) IS NOT CAST(NEW."period_id" AS TEXT)) OR (CAST(OLD."person_id" AS TEXT) IS NOT CAST(NEW."person_id" AS TEXT)) OR (CAST(OLD."revision" AS TEXT) IS NOT CAST(NEW."revision" AS TEXT)) OR (CAST(OLD."ratee_class" AS TEXT) IS NOT CAST(NEW."ratee_class" AS TEXT)) OR (CAST(OLD."measured" AS TEXT) IS NOT CAST(NEW."measured" AS TEXT)) OR (CAST(OLD."mix" AS TEXT) IS NOT CAST(NEW."mix" AS TEXT)) OR (CAST(OLD."final" AS TEXT) IS NOT CAST(NEW."final" AS TEXT)) OR (CAST(OLD."grade" AS TEXT) IS NOT CAST(NEW."grade" AS TEXT)) OR (CAST(OLD."why" AS TEXT) IS NOT CAST(NEW."why" AS TEXT)) OR (CAST(OLD."parts" AS TEXT) IS NOT CAST(NEW."parts" AS TEXT) AND COALESCE(CAST(NEW."parts" AS TEXT), '') NOT IN ('', '{}', '[]', 'null')) OR (CAST(OLD."decided_by" AS TEXT) IS NOT CAST(NEW."decided_by" AS TEXT)) OR (CAST(OLD."decided_at" AS TEXT) IS NOT CAST(NEW."decided_at" AS TEXT))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of evaluation are kept as they are'); END;
CREATE TRIGGER guard_evaluation_delete BEFORE DELETE ON evaluation FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of evaluation are kept as they are'); END;
CREATE TRIGGER guard_evaluation_insert BEFORE INSERT ON evaluation FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM evaluation WHERE id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of evaluation are kept as they are'); END;
CREATE TRIGGER guard_policyversion_update BEFORE UPDATE ON policyversion FOR EACH ROW WHEN ((CAST(OLD."id" AS TEXT) IS NOT CAST(NEW."id" AS TEXT)) OR (CAST(OLD."at" AS TEXT) IS NOT CAST(NEW."at" AS TEXT)) OR (CAST(OLD."digest" AS TEXT) IS NOT CAST(NEW."digest" AS TEXT)) OR (CAST(OLD."values" AS TEXT) IS NOT CAST(NEW."values" AS TEXT)) OR (CAST(OLD."changed_by" AS TEXT) IS NOT CAST(NEW."changed_by" AS TEXT)) OR (CAST(OLD."reason" AS TEXT) IS NOT CAST(NEW."reason" AS TEXT))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of policyversion are kept as they are'); END;
CREATE TRIGGER guard_policyversion_delete BEFORE DELETE ON policyversion FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of policyversion are kept as they are'); END;
CREATE TRIGGER guard_policyversion_insert BEFORE INSERT ON policyversion FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM policyversion WHERE id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of policyversion are kept as they are'); END;
CREATE TRIGGER guard_certificate_update BEFORE UPDATE ON certificate FOR EACH ROW WHEN ((NEW.revision NOT IN (OLD.revision, OLD.revision + 1)) OR (CAST(OLD."id" AS TEXT) IS NOT CAST(NEW."id" AS TEXT)) OR (CAST(OLD."number" AS TEXT) IS NOT CAST(NEW."number" AS TEXT)) OR (CAST(OLD."qualification_id" AS TEXT) IS NOT CAST(NEW."qualification_id" AS TEXT)) OR (OLD."erased_at" IS NOT NULL AND CAST(OLD."erased_at" AS TEXT) IS NOT CAST(NEW."erased_at" AS TEXT))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of certificate are kept as they are'); END;
CREATE TRIGGER guard_certificate_delete BEFORE DELETE ON certificate FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of certificate are kept as they are'); END;
CREATE TRIGGER guard_certificate_insert BEFORE INSERT ON certificate FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM certificate WHERE id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of certificate are kept as they are'); END;
CREATE TRIGGER guard_certificaterevision_update BEFORE UPDATE ON certificaterevision FOR EACH ROW WHEN ((CAST(OLD."certificate_id" AS TEXT) IS NOT CAST(NEW."certificate_id" AS TEXT)) OR (CAST(OLD."revision" AS TEXT) IS NOT CAST(NEW."revision" AS TEXT)) OR (CAST(OLD."issued_at" AS TEXT) IS NOT CAST(NEW."issued_at" AS TEXT)) OR (CAST(OLD."reason" AS TEXT) IS NOT CAST(NEW."reason" AS TEXT) AND COALESCE(CAST(NEW."reason" AS TEXT), '') NOT IN ('', '{}', '[]', 'null'))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of certificaterevision are kept as they are'); END;
CREATE TRIGGER guard_certificaterevision_delete BEFORE DELETE ON certificaterevision FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of certificaterevision are kept as they are'); END;
CREATE TRIGGER guard_certificaterevision_insert BEFORE INSERT ON certificaterevision FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM certificaterevision WHERE certificate_id = NEW.certificate_id AND revision = NEW.revision)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of certificaterevision are kept as they are'); END;
CREATE TRIGGER guard_signedcredential_update BEFORE UPDATE ON signedcredential FOR EACH ROW WHEN ((CAST(OLD."certificate_id" AS TEXT) IS NOT CAST(NEW."certificate_id" AS TEXT)) OR (CAST(OLD."revision" AS TEXT) IS NOT CAST(NEW."revision" AS TEXT)) OR (CAST(OLD."form" AS TEXT) IS NOT CAST(NEW."form" AS TEXT)) OR (CAST(OLD."key_id" AS TEXT) IS NOT CAST(NEW."key_id" AS TEXT)) OR (CAST(OLD."signed_at" AS TEXT) IS NOT CAST(NEW."signed_at" AS TEXT)) OR (CAST(OLD."document" AS TEXT) IS NOT CAST(NEW."document" AS TEXT) AND COALESCE(CAST(NEW."document" AS TEXT), '') NOT IN ('', '{}', '[]', 'null'))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of signedcredential are kept as they are'); END;
CREATE TRIGGER guard_signedcredential_delete BEFORE DELETE ON signedcredential FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of signedcredential are kept as they are'); END;
CREATE TRIGGER guard_signedcredential_insert BEFORE INSERT ON signedcredential FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM signedcredential WHERE certificate_id = NEW.certificate_id AND revision = NEW.revision AND form = NEW.form)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of signedcredential are kept as they are'); END;
CREATE TRIGGER guard_signingkey_update BEFORE UPDATE ON signingkey FOR EACH ROW WHEN ((CAST(OLD."id" AS TEXT) IS NOT CAST(NEW."id" AS TEXT)) OR (CAST(OLD."made_at" AS TEXT) IS NOT CAST(NEW."made_at" AS TEXT)) OR (CAST(OLD."made_by" AS TEXT) IS NOT CAST(NEW."made_by" AS TEXT)) OR (OLD."retired_at" IS NOT NULL AND CAST(OLD."retired_at" AS TEXT) IS NOT CAST(NEW."retired_at" AS TEXT))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of signingkey are kept as they are'); END;
CREATE TRIGGER guard_signingkey_delete BEFORE DELETE ON signingkey FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of signingkey are kept as they are'); END;
CREATE TRIGGER guard_signingkey_insert BEFORE INSERT ON signingkey FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM signingkey WHERE id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of signingkey are kept as they are'); END;
CREATE TRIGGER guard_erasure_update BEFORE UPDATE ON erasure FOR EACH ROW WHEN ((CAST(OLD."person_id" AS TEXT) IS NOT CAST(NEW."person_id" AS TEXT)) OR (CAST(OLD."at" AS TEXT) IS NOT CAST(NEW."at" AS TEXT)) OR (CAST(OLD."proposed_by" AS TEXT) IS NOT CAST(NEW."proposed_by" AS TEXT)) OR (CAST(OLD."confirmed_by" AS TEXT) IS NOT CAST(NEW."confirmed_by" AS TEXT)) OR (CAST(OLD."reason" AS TEXT) IS NOT CAST(NEW."reason" AS TEXT)) OR (CAST(OLD."removed" AS TEXT) IS NOT CAST(NEW."removed" AS TEXT))) BEGIN SELECT RAISE(ABORT, 'certify: the rows of erasure are kept as they are'); END;
CREATE TRIGGER guard_erasure_delete BEFORE DELETE ON erasure FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'certify: the rows of erasure are kept as they are'); END;
CREATE TRIGGER guard_erasure_insert BEFORE INSERT ON erasure FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM erasure WHERE person_id = NEW.person_id)) BEGIN SELECT RAISE(ABORT, 'certify: the rows of erasure are kept as they are'); END;
COMMIT;
