namespace Candeia.Experiments;

/// <summary>An experiment that has been made.</summary>
sealed record Finished(Experiment Experiment, Findings Found)
{
    /// <summary>The answer.</summary>
    public string Conclusion { get; } = Experiment.Conclude(Found).Trim();

    /// <summary>What is written of it.</summary>
    public Answer Answer => new(
        Experiment.Name, Experiment.Question, Conclusion, Experiment.Note, [.. Found.All.Select(r => AnswerRow.Of(r, Found.First.Variant.Trial))]);
}
