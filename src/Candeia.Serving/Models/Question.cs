namespace Candeia.Serving;

/// <summary>How people ask a model: with a picture or with a form instead of tensors.</summary>
/// <param name="Text">A sentence that says what to give: "A picture of a scatterplot."</param>
/// <param name="Tell">What to say of a model's outputs for one item, [1, …] each.</param>
public abstract record Question(string Text, Func<IReadOnlyList<Tensor>, Reply> Tell);

/// <summary>A question that is a picture.</summary>
/// <param name="Text">A sentence that says which.</param>
/// <param name="Read">From the bytes of a file to the inputs; a <see cref="FormatException"/> says in a sentence what is wrong with it.</param>
/// <param name="Tell">What to say of the outputs.</param>
public sealed record PictureQuestion(string Text, Func<ReadOnlyMemory<byte>, Asked> Read, Func<IReadOnlyList<Tensor>, Reply> Tell) : Question(Text, Tell);

/// <summary>A question that is a form.</summary>
/// <param name="Text">A sentence that says what it is about.</param>
/// <param name="Fields">What is to be filled in.</param>
/// <param name="Read">From what was filled in, by the names of fields, to the inputs; a <see cref="FormatException"/> says in a sentence what is wrong.</param>
/// <param name="Tell">What to say of the outputs.</param>
public sealed record FormQuestion(
    string Text, IReadOnlyList<FormField> Fields, Func<IReadOnlyDictionary<string, string>, Asked> Read, Func<IReadOnlyList<Tensor>, Reply> Tell) : Question(Text, Tell);

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
