namespace Candeia.Experiments;

/// <summary>What an experiment has found out, for <c>--json</c> and <c>results.json</c>.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Conclusion">The answer, from the numbers.</param>
/// <param name="Note">How it was done.</param>
/// <param name="Results">The trainings side by side.</param>
sealed record Answer(string Name, string Question, string Conclusion, string Note, IReadOnlyList<AnswerRow> Results);

/// <summary>A training as a row of results.</summary>
sealed record AnswerRow(
    string Label, string Change, int TrainImages, int Epochs, double TrainLoss, double? ValidLoss, double TestLoss, double? Mae, double? Accuracy,
    long Parameters, double Seconds, double ImagesPerSecond)
{
    public static AnswerRow Of(Result result, Trial first) => Of(result.Variant, first, result.Outcome);

    static AnswerRow Of(Variant variant, Trial first, Outcome o) => new(
        variant.Label, variant.Trial.Change(first), o.Trial.Train, o.Trial.Epochs, o.TrainLoss, o.ValidLoss, o.TestLoss, o.Mae, o.Accuracy, o.Parameters, o.Seconds,
        o.ImagesPerSecond);
}
