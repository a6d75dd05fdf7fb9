using System.Text.Json.Serialization;
using Candeia.Data;

namespace Candeia.Training;

/// <summary>
/// What people and programs should know of a saved model: what its outputs are called, what is done to inputs before, and what stands on its card,
/// <c>model-card.md</c>. Nothing of it has to be said.
/// </summary>
/// <example><code>
/// var notes = new ModelNotes
/// {
///     Title = "Species of iris", Data = "150 flowers, measured by E. Anderson", Licence = "CC0-1.0",
///     Classes = ["setosa", "versicolor",
/// "virginica"],
/// };
/// var learner = new Linear(4, 3).Setup((y, t) => y.CrossEntropyLoss(t), p => new Adam(p)).Quiet();
/// learner.Fit(Tensor.Rand([90, 4]), Tensor.Randint(0, 3, [90]), epochs: 1).Save("runs/iris", notes);
/// Console.WriteLine(Fitted.Load("runs/iris", () => new Linear(4, 3)).Notes.Classes[2]);         // → virginica
/// </code></example>
public sealed record ModelNotes
{
    /// <summary>What the card is headed with; the name of the model's type, unless it is said.</summary>
    public string? Title { get; init; }

    /// <summary>What the model is for, in a sentence or more.</summary>
    public string? Description { get; init; }

    /// <summary>What it has learnt from: where the data come from, how many, whose.</summary>
    public string? Data { get; init; }

    /// <summary>Under which terms others may use it: an identifier of SPDX, such as <c>MIT</c> or <c>CC-BY-4.0</c>.</summary>
    public string? Licence { get; init; }

    /// <summary>Where it fails, and what it must not be used for.</summary>
    public string? Limits { get; init; }

    /// <summary>The names of the classes, in the order of the outputs; none where numbers are predicted.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>How good it is on data that it has never seen: what Evaluate gave.</summary>
    public PhaseResult? Test { get; init; }

    /// <summary>What is done to what users have before the network sees it. It has a file of its own, <c>preprocessing.json</c>.</summary>
    [JsonIgnore]
    public IPreprocessing? Preprocessing { get; init; }

    /// <summary>What is wrong with notes from a file; null, if nothing is.</summary>
    internal string? Fault => Classes is null || Classes.Any(c => c is null) ? "its classes are no list of names" : null;
}
