"""Banks in the habits of many people, each with what must be read from it."""

SAMPLES: dict[str, tuple[str, list[str]]] = {}


def sample(name: str, text: str, *expected: str) -> None:
    """Note a bank; `expected` is one line for each question, as `told` in the tests writes it."""
    SAMPLES[name] = (text.strip("\n"), list(expected))


sample(
    "heads, restarted numbers, keys in brackets and after 答案",
    """
客户服务培训题库
姓名：________ 部门：________ 得分：______
一、单选题（每题2分，共4分）
1. 收到客户投诉后，最迟多少小时内给出方案？（ B ）
A. 12小时
B. 24小时
C. 48小时
D. 72小时
2、电话铃响（ A ）声内接听。
A.三 B.四 C.五 D.六
二、多项选择题
1．服务标准包括（ABD）。
A、基础　　B、过程　　C、随意　　D、结果
2．以下正确的有：
A）一 B）二 C）三
答案：A、C
三、判断题（对的打√，错的打×）
1.客户永远是对的。（×）
2.投诉须在24小时内回复。（ √ ）
3. 上门服务要穿鞋套。
答案：正确
四、填空题
1. 客户投诉应在____小时内答复，____天内回访。
答案：24；3
2. 服务的核心是（ ）。
答案：满意/客户满意
""",
    "single 1 B/4",
    "single 2 A/4",
    "multiple 1 ABD/4",
    "multiple 2 AC/3",
    "truefalse 1 ×",
    "truefalse 2 √",
    "truefalse 3 √",
    "cloze 1 客户投诉应在{{24}}小时内答复，{{3}}天内回访。",
    "cloze 2 服务的核心是{{满意|客户满意}}。",
)
sample(
    "everything full-width",
    """
１．下列属于基础标准的是（　Ａ　）
Ａ．礼貌　Ｂ．随意　Ｃ．迟到　Ｄ．旷工
２．（多选）下列哪些是过程标准？
Ａ．回访
Ｂ．登记
Ｃ．整改
答案：ＡＢ
３．（判断）员工应穿工服。
答案：√
""",
    "single 1 A/4",
    "multiple 2 AB/3",
    "truefalse 3 √",
)
sample(
    "no numbers, parted by empty lines",
    """
下列哪项最重要？
A 客户
B 老板
C 同事
答案：A

服务三要素有哪些？
A 态度
B 技能
C 知识
D 迟到
答案：ABC
解析：见教材。
第二段解析。

电话应在三声内接听
答案：对
""",
    "single  A/3",
    "multiple  ABC/4",
    "truefalse  √",
)
sample(
    "keys at the end by section, numbers restarted",
    """
一、单项选择题
1．投诉处理时限是？
A．12 B．24 C．48
2．回访时限是？
A．1天 B．2天 C．3天
二、多项选择题
1．服务包括？
A．售前 B．售中 C．售后 D．无
2．正确的有？
A．一 B．二 C．三 D．四
三、判断题
1．客户是上帝。
2．可以骂客户。
四、填空题
1．三声内____电话。
五、简答题
1．什么是服务？
2．什么是投诉？
参考答案
一、单选题 1-2 BC
二、多选题
1.ABC 2.AB
三、判断题：1、√ 2、×
四、填空题
1．接听
五、简答题
1．服务是满足需求的活动。
包括售前售后。
2．投诉是不满的表达。
""",
    "single 1 B/3",
    "single 2 C/3",
    "multiple 1 ABC/4",
    "multiple 2 AB/4",
    "truefalse 1 √",
    "truefalse 2 ×",
    "cloze 1 三声内{{接听}}电话。",
    "essay 1 10",
    "essay 2 10",
)
sample(
    "keys at the end without heads, numbers running on",
    """
1. 甲是？
A. 一 B. 二
2. 乙是？
A. 一 B. 二
3. 丙有？
A. 一 B. 二 C. 三
4. 丁对吗？
答案：
1-2 BA
3. AC
4. √
""",
    "single 1 B/2",
    "single 2 A/2",
    "multiple 3 AC/3",
    "truefalse 4 √",
)
sample(
    "keys after each section in one line",
    """
一、选择题
1. 甲是？
A. 一 B. 二
2. 乙是？
A. 一 B. 二
答案：1-2 AB
二、判断题
1. 丙。
2. 丁。
答案：1.对 2.错
""",
    "single 1 A/2",
    "single 2 B/2",
    "truefalse 1 √",
    "truefalse 2 ×",
)
sample(
    "an English bank",
    """
Customer service bank

Part I Multiple choice
1. What comes first? (B)
a. price
b. the customer
c. speed
Q2: How many rings?
A) one
B) two
C) three
Answer: C
Explanation: at most three
Part II True or False
3. The customer is king. (T)
4. You may shout.
Answer: False
Part III Fill in the blanks
5. Answer within ____ hours.
Answer: 24/twenty-four
Section 4: Short answer
6. Why?
Answer: Because it matters.
""",
    "single 1 B/3",
    "single 2 C/3",
    "truefalse 3 √",
    "truefalse 4 ×",
    "cloze 5 Answer within {{24|twenty-four}} hours.",
    "essay 6 10",
)
sample(
    "faults of every kind",
    """
1、没有答案的题
A. 一
B. 二
2、字母缺
A. 一
B. 二
D. 四
答案：A
3、重复
A. 一
A. 二
B. 三
答案：A
4、两个答案（A）
A. 一
B. 二
答案：B
5、超界
A. 一
B. 二
答案：E
6、2020年以来（ ）
A. 一
B. 二
答案：B
7.2021年（ ）A.甲B.乙C.丙
答案：C
8、看不懂的答案
A. 一
B. 二
答案：见附件
""",
    "rejected 1:1",
    "rejected 4:1",
    "rejected 9:1",
    "rejected 14:1",
    "rejected 18:1",
    "single 6 B/2",
    "single 7 C/3",
    "rejected 28:1",
)
sample(
    "brackets before the number",
    """
（ √ ）1、客户第一。
（ × ）2、可以迟到。
（ B ）3、选哪个？
A、甲 B、乙 C、丙
""",
    "truefalse 1 √",
    "truefalse 2 ×",
    "single 3 B/3",
)
sample(
    "what learning sites copy out",
    """
【单选题】1. 甲是？
A：一
B：二
【答案】B【解析】因为二。【难度】中等【知识点】数字

2. (多选题, 3.0分)乙有？
A. 一;
B. 二;
C. 三;
我的答案: A
正确答案: AB:一;二;

3 【判断题】丙对吗？
我的答案：√ 得分：2.0分
正确答案：√
题型：单选题
题干：丁是？
选项：
A. 一
B. 二
C. 三
正确答案：C
难度：0.85
""",
    "single 1 B/2",
    "multiple 2 AB/3",
    "truefalse 3 √",
    "single  C/3",
)
sample(
    "order, pairs, terms, essays, cases",
    """
排序题
1. 请排列投诉处理步骤：
A. 回访 B. 倾听 C. 道歉 D. 方案
答案：BCDA
2. 排序：①回访 ②倾听 ③道歉
答案：②③①
连线题
3. 连线：
（1）倾听   A. 复述
（2）共情   B. 理解
（3）补救   C. 赔偿
答案：1-A 2-B 3-C
名词解释
4. 服务
答案：满足需求的活动
论述题
5. 论述投诉处理。
答案要点：
1. 道歉（3分）
2. 记录（3分）
3. 回访（4分）
案例分析题
6. 案例：某客户来电大骂。
问题：（1）如何回应？（2）如何记录？
参考答案：（1）先听；（2）登记。
""",
    "ordering 1 倾听>道歉>方案>回访",
    "ordering 2 倾听>道歉>回访",
    "matching 3 倾听=复述 共情=理解 补救=赔偿",
    "essay 4 10",
    "essay 5 3 3 4",
    "essay 6 10",
)
sample(
    "numbers with a blank, letters without a sign",
    """
选择题
1 客户是谁（ ）
A是人 B是神 C是鬼 D不知道
2 24小时内应（ ）
A答复 B拒绝
答案
1.A
2.A
""",
    "single 1 A/4",
    "single 2 A/2",
)
sample(
    "第几题, options up to G, a key in words",
    """
第1题：下列哪些是服务标准？
A. 一
B. 二
C. 三
D. 四
E. 五
F. 六
G. 七
答案：A、C、G
第2题：多少小时？
A. 12小时
B. 24小时
答案：24小时
第3题 哪两个？
A. 甲
B. 乙
C. 丙
答案：A和C
""",
    "multiple 1 ACG/7",
    "single 2 B/2",
    "multiple 3 AC/3",
)
sample(
    "circled numbers",
    """
一、判断题
①客户第一。（对）
②可以迟到。（错）
③要穿工服。（√）
""",
    "truefalse 1 √",
    "truefalse 2 ×",
    "truefalse 3 √",
)
sample(
    "brackets around numbers and letters",
    """
(1) 甲是？
(A) 一
(B) 二
Key: B
(2) 乙是？
(A) 一 (B) 二 (C) 三
Key: C
（3）丙是？
（A）一
（B）二
答案：A
""",
    "single 1 B/2",
    "single 2 C/3",
    "single 3 A/2",
)
sample(
    "stems and options over several lines",
    """
1. 某客户来电称
空调不制冷，
应先做什么？（ ）
A. 记录客户的姓名、
地址和电话
B. 挂断电话
C. 转给
别人
答案：A
解析：先记录。

再派工。
2. 下列说法：
①要礼貌
②要准时
③要收费
正确的是（ ）
A. ①② B. ②③ C. ①③ D. ①②③
答案：A
""",
    "single 1 A/3",
    "single 2 A/4",
)
sample(
    "essays whose answers are numbered like the questions",
    """
简答题
1. 简述六步法。
答：
1. 收集需求
2. 制定方案
3. 执行
4. 反馈
2. 简述投诉流程。
答：1. 倾听
2. 道歉
3. 方案
3. 简述礼仪。
答：略有要点：
（1）着装；
（2）用语。
""",
    "essay 1 10",
    "essay 2 10",
    "essay 3 10",
)
sample(
    "Markdown copied out of a chat",
    """
# 客服题库

## 一、单选题

**1. 电话几声内接听？**

- A. 三声
- B. 五声

**答案：** A

**解析：** 见规范。

---

**2. 几小时内答复？**

- A. 12
- B. 24

**答案：B**

## 二、判断题

**1. 客户第一。**

**答案：** √
""",
    "single 1 A/2",
    "single 2 B/2",
    "truefalse 1 √",
)
sample(
    "right options marked in their own line",
    """
1. 选哪个？
A. 甲
B. 乙（正确答案）
C. 丙
2. 选哪些？[多选题]
A. 甲 √
B. 乙
C. 丙 √
3. 单选？
*A. 甲
B. 乙
""",
    "single 1 B/3",
    "multiple 2 AC/3",
    "single 3 A/2",
)
sample(
    "the key in the middle of the stem and on a line",
    """
1、客户【C】是第一位。
A、价格 B、速度 C、满意
2、服务的第一步是____D____。
A、走 B、跑 C、跳 D、听
3、处理投诉时__A__最重要。
A. 态度
B. 金钱
""",
    "single 1 C/3",
    "single 2 D/4",
    "single 3 A/2",
)
sample(
    "statements with options, in either order",
    """
判断题
1. 客户第一。
A. 正确 B. 错误
答案：A
2. 可以迟到。
A. 错误
B. 正确
答案：A
3. 可以吸烟。（ B ）
A. 对 B. 错
4. 要穿工服。
A. 是 B. 否
答案：是
""",
    "truefalse 1 √",
    "truefalse 2 ×",
    "truefalse 3 ×",
    "truefalse 4 √",
)
sample(
    "statements that are corrected, and verdicts in every spelling",
    """
二、判断改错题
1. 铃响五声内接听。
答案：错误，应为三声。
2. 穿工服。 ✓
3. 可以迟到。 ✗
4. A statement. (True)
5. Another one. (F)
6. 对吗？【答案】正确
""",
    "truefalse 1 ×",
    "truefalse 2 √",
    "truefalse 3 ×",
    "truefalse 4 √",
    "truefalse 5 ×",
    "truefalse 6 √",
)
sample(
    "gaps in every spelling",
    """
三、填空题
1. 铃响＿＿＿声内接听，＿＿＿小时内答复。
答案：①三 ②24
2. 首问（    ）制。
答案：负责 或 责任
3. 服务包括【 】、【 】和【 】。
答案：售前、售中、售后
4. 第一是____，第二是____。
答案：第一空：态度；第二空：技能
5. 在____24____小时内答复。
6. 投诉（ 处理 ）流程。
7. 服务的核心是什么？
答案：满意
8. 两空____和____。
答案：一个
""",
    "cloze 1 铃响{{三}}声内接听，{{24}}小时内答复。",
    "cloze 2 首问{{负责|责任}}制。",
    "cloze 3 服务包括{{售前}}、{{售中}}和{{售后}}。",
    "cloze 4 第一是{{态度}}，第二是{{技能}}。",
    "rejected 10:1",
    "cloze 6 投诉{{处理}}流程。",
    "text 7 = 满意",
    "rejected 14:1",
)
sample(
    "an exam paper with its instructions, page numbers and an answer sheet",
    """
2024年度客服岗位考试
考试时间：60分钟  满分：100分
考生须知：
1. 请用黑色笔作答。
2. 不得携带手机。
题号\t一\t二\t总分
得分
一、单项选择题（本大题共2小题，每小题2分，共4分。在每小题给出的选项中只有一项是符合要求的）
1. 甲是？（   ）
A. 一       B. 二
C. 三       D. 四
第 1 页 共 2 页
2. 乙是？（   ）
A. 一       B. 二
C. 三       D. 四
- 2 -
二、判断题（正确的打“√”，错误的打“×”）
1. 丙。（   ）
2. 丁。（   ）
参考答案及评分标准
一、单项选择题
1-2 CD
二、判断题
1-2 √×
""",
    "single 1 C/4",
    "single 2 D/4",
    "truefalse 1 √",
    "truefalse 2 ×",
)
sample(
    "a grid of keys",
    """
1. 甲？
A. 一 B. 二
2. 乙？
A. 一 B. 二
3. 丙？
A. 一 B. 二
题号 1 2 3
答案 A B A
""",
    "single 1 A/2",
    "single 2 B/2",
    "single 3 A/2",
)
sample(
    "keys with explanations at the end",
    """
一、单选题
1. 甲？
A. 一 B. 二
2. 乙？
A. 一 B. 二
答案与解析
1. 【答案】B
【解析】因为乙。
2. A 解析：因为甲。
""",
    "single 1 B/2",
    "single 2 A/2",
)
sample(
    "a key of a wrong kind for its head",
    """
一、单选题
1. 甲？
A. 一 B. 二 C. 三
答案：AB
二、多选题
1. 乙？
A. 一 B. 二 C. 三
答案：A
三、不定项选择题
1. 丙？
A. 一 B. 二 C. 三
答案：A
2. 丁？
A. 一 B. 二 C. 三
答案：AB
""",
    "rejected 2:1",
    "rejected 6:1",
    "single 1 A/3",
    "multiple 2 AB/3",
)
sample(
    "a text that several questions share",
    """
四、案例分析题
某客户购买空调后三天不制冷，来电投诉，情绪激动，要求退货，并表示要向媒体曝光，客服人员小王接待了他，但没有记录。
1. 小王应先做什么？
答案：倾听并道歉
2. 小王错在哪里？
答案：没有记录
""",
    "essay 1 10!",
    "essay 2 10!",
)
sample(
    "a first question without a number, letters that stand twice, lists for looks",
    """
二 、多选题
下列哪些是新标准【多选】（AB）？
A: A.一
B: B.二
C: C.三
2. 哪些？
A. 一
B. 二
C. 三
- 参考答案：BC
- 解析：见规范
3. 哪些？
A. 一 B. 二 C. 三
（AC）
""",
    "multiple  AB/3",
    "multiple 2 BC/3",
    "multiple 3 AC/3",
)
sample(
    "keys at the end by the numerals of the sections",
    """
一、选择题
1. 甲？
A 一 B 二 C 三
二、填空
1、公司成立于____年，总部位于____。
2、愿景是_______________。
三、问答题
1、什么是价值观？
2、如何请假？

答案：
一、1、A
二、1、1998；北京 2、客户第一
三、1、诚信、创新。
2、填写请假单，
经主管批准。
""",
    "single 1 A/3",
    "cloze 1 公司成立于{{1998}}年，总部位于{{北京}}。",
    "cloze 2 愿景是{{客户第一}}。",
    "essay 1 10",
    "essay 2 10",
)
sample(
    "numbers missing and doubled",
    """
1. 甲？（A）
A. 一 B. 二
3. 乙？（B）
A. 一 B. 二
3. 丙？（A）
A. 一 B. 二
12. 丁？（B）
A. 一 B. 二
""",
    "single 1 A/2",
    "single 3 B/2",
    "single 3 A/2",
    "single 12 B/2",
)
