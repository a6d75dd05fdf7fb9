namespace Candeia.Serving;

/// <summary>How people ask a model: with a picture, a form, or the beginning of a text instead of tensors.</summary>
/// <param name="Text">A sentence that says what to give: "A picture of a scatterplot."</param>
public abstract record Question(string Text);

/// <summary>A question that is a picture.</summary>
/// <param name="Text">A sentence that says which.</param>
/// <param name="Read">From the bytes of a file to the inputs; a <see cref="FormatException"/> says in a sentence what is wrong with it.</param>
/// <param name="Tell">What to say of the outputs for one item, [1, …] each.</param>
public sealed record PictureQuestion(string Text, Func<ReadOnlyMemory<byte>, Asked> Read, Func<IReadOnlyList<Tensor>, Reply> Tell) : Question(Text);

/// <summary>A question that is a form.</summary>
/// <param name="Text">A sentence that says what it is about.</param>
/// <param name="Fields">What is to be filled in.</param>
/// <param name="Read">From what was filled in, by the names of fields, to the inputs; a <see cref="FormatException"/> says in a sentence what is wrong.</param>
/// <param name="Tell">What to say of the outputs for one item, [1, …] each.</param>
public sealed record FormQuestion(
    string Text, IReadOnlyList<FormField> Fields, Func<IReadOnlyDictionary<string, string>, Asked> Read, Func<IReadOnlyList<Tensor>, Reply> Tell) : Question(Text);

/// <summary>A question that is the beginning of a text, with which the model goes on piece by piece.</summary>
/// <param name="Text">A sentence that says which.</param>
/// <param name="GoOn">
/// The pieces that follow, each made when it is asked for; several texts may be gone on with at the same time, each by one thread. A <see cref="FormatException"/>,
/// thrown before the first piece, says in a sentence what is wrong with the beginning.
/// </param>
public sealed record TextQuestion(string Text, Func<TextBeginning, IEnumerable<string>> GoOn) : Question(Text);

/// <summary>The beginning of a text, and how it is to go on.</summary>
/// <param name="Text">The text so far.</param>
/// <param name="MaxTokens">How many tokens follow at most.</param>
public sealed record TextBeginning(string Text, int MaxTokens = 256)
{
    /// <summary>Below 1 likely tokens become likelier, above 1 all become more alike; at 0 the likeliest is always taken.</summary>
    public double Temperature { get; init; } = 0.8;

    /// <summary>Only so many of the likeliest tokens are drawn from; all, if it is not said.</summary>
    public int? TopK { get; init; }

    /// <summary>Only the likeliest tokens are drawn from that together have this probability; all, if it is not said.</summary>
    public double? TopP { get; init; }

    /// <summary>Above 1, tokens that have occurred become less likely.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Gives the same text again; another one each time, if it is not said.</summary>
    public ulong? Seed { get; init; }
}

/// <summary>A field of a form.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Example">What stands there at first.</param>
/// <param name="Choices">What can be chosen from, if not everything can be written.</param>
public sealed record FormField(string Name, string Example = "", IReadOnlyList<string>? Choices = null);

/// <summary>What was made of a question.</summary>
/// <param name="Inputs">One item, [1, …] each.</param>
/// <param name="Remark">A sentence about the question, such as that it is unlike all that the model knows.</param>
public sealed record Asked(IReadOnlyList<Tensor> Inputs, string? Remark = null);

/// <summary>What a model says, for people.</summary>
/// <param name="Text">A few words, such as the name of a class.</param>
/// <param name="Parts">Numbers behind it, such as the probability of each class, from <see cref="Low"/> to <see cref="High"/>.</param>
public sealed record Reply(string Text, IReadOnlyList<ReplyPart> Parts)
{
    /// <summary>Where the bars of numbers begin; 0 unless it is said.</summary>
    public double Low { get; init; }

    /// <summary>Where they end; 1 unless it is said.</summary>
    public double High { get; init; } = 1;
}

/// <summary>A number of an answer.</summary>
/// <param name="Name">What it says something of.</param>
/// <param name="Value">The number.</param>
public sealed record ReplyPart(string Name, double Value);
