using System.Text;

namespace Candeia.Datasets;

/// <summary>How drawn reviews are put together: sentences that judge, and sentences that do not.</summary>
internal static class ReviewGrammar
{
    const int MostSentences = 5;
    const double Negated = 0.3, Expected = 0.25;

    static readonly string[]
        s_good = Words("good great wonderful charming brilliant moving funny clever gripping beautiful fresh honest warm superb lovely witty tender stunning subtle rich vivid lively elegant thrilling delightful convincing touching excellent fine marvellous"),
        s_bad = Words("bad awful boring dull clumsy silly weak tedious flat cheap lazy noisy stale shallow hollow ugly messy bland predictable pointless wooden cold confusing tiresome dreadful annoying forced empty poor terrible"),
        s_things = Words("plot story acting music ending script dialogue camera pace cast humour scenery direction opening villain hero soundtrack lighting costume chemistry premise finale romance mystery editing sound casting writing action suspense"),
        s_degrees = Words("really rather quite truly simply very so utterly");

    static readonly string[] s_plain =
    [
        "The {0} was {1}.", "I found the {0} {2}{1}.", "What a {1} {0}!", "The {0} is {2}{1}.", "There is a {1} {0} in it.", "You will remember the {1} {0}.", "The {0} seemed {2}{1} to me.",
    ];

    static readonly string[] s_negated =
    [
        "The {0} was not {1}.", "I did not find the {0} {1}.", "The {0} isn't {2}{1} at all.", "Nobody could call the {0} {1}.", "The {0} was never {1}.", "The {0} is far from {1}.", "The {0} was anything but {1}.",
    ];

    // What had been expected says nothing; what came does.
    static readonly string[] s_expected =
    [
        "I had expected a {3} {0}, but it was {1}.", "They promised a {3} {0}; it is {2}{1}.", "My friends called the {0} {3}, yet I found it {1}.", "The {0} sounded {3} at first and turned out {1}.",
    ];

    static readonly string[] s_idle =
    [
        "I saw it on a rainy evening in {4}.", "It runs for about two hours.", "My sister came along.", "We sat in the last row.", "It was made in {4}.", "There were few people in the hall.",
        "The tickets cost as much as ever.", "I had read the book years ago.", "It is the second part of three.", "The hall was full.", "We talked about it on the way home.", "It begins with a train.",
    ];

    static readonly string[] s_places = Words("London Paris Oslo Madrid Vienna Lisbon Prague Dublin Rome Berlin Athens Warsaw");

    /// <summary>A review that praises more than it blames, or the other way round.</summary>
    public static string Draw(Generator random, bool isPositive)
    {
        int sentences = 1 + random.NextInt(MostSentences), with = Majority(random, sentences);
        bool[] praises = [.. Enumerable.Range(0, sentences).Select(i => i < with == isPositive)];
        random.Shuffle(praises.AsSpan());
        string[] things = [.. random.Permutation(s_things.Length).Take(sentences).Select(i => s_things[i])];
        var review = new StringBuilder();
        for (int i = 0; i < sentences; i++)
        {
            if (random.NextDouble() < 0.4) Add(review, Filled(random, s_idle, "", ""));
            Add(review, Judgement(random, things[i], praises[i]));
        }
        return review.ToString();
    }

    // More than half of them.
    static int Majority(Generator random, int sentences) => sentences / 2 + 1 + random.NextInt(sentences - sentences / 2);

    static string Judgement(Generator random, string thing, bool praises)
    {
        double kind = random.NextDouble();
        if (kind < Negated) return Filled(random, s_negated, thing, Adjective(random, !praises));
        return kind < Negated + Expected ? Filled(random, s_expected, thing, Adjective(random, praises), Adjective(random, !praises))
            : Filled(random, s_plain, thing, Adjective(random, praises));
    }

    static string Adjective(Generator random, bool praises) => Of(random, praises ? s_good : s_bad);

    static string Filled(Generator random, string[] forms, string thing, string adjective, string expected = "")
    {
        string degree = random.NextDouble() < 0.4 ? Of(random, s_degrees) + " " : "";
        return string.Format(null, Of(random, forms), thing, adjective, degree, expected, Of(random, s_places));
    }

    static void Add(StringBuilder review, string sentence) => (review.Length > 0 ? review.Append(' ') : review).Append(sentence);

    static string Of(Generator random, string[] words) => words[random.NextInt(words.Length)];

    static string[] Words(string words) => words.Split(' ');
}
