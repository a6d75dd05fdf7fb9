using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>Whether a training has come to something that can be tested.</summary>
static class HistoryCheck
{
    /// <summary>Refuses one without an epoch, and one whose losses are no numbers.</summary>
    /// <param name="history">What was measured.</param>
    /// <param name="cancel">What may have ended it before the first epoch did.</param>
    /// <exception cref="OperationCanceledException">No epoch came to its end.</exception>
    /// <exception cref="UserException">A loss is no number.</exception>
    public static void Check(this History history, CancellationToken cancel)
    {
        if (history.Epochs.Count == 0) throw new OperationCanceledException(cancel);
        if (history.Epochs.Any(e => !double.IsFinite(e.Train.Loss)))
            throw new UserException("The training has lost its way: the loss is no longer a number. Take a smaller --learning-rate.");
    }
}
