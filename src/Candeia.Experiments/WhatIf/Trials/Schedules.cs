using Candeia.NN;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>What changes the learning rate during a training; null where nothing does.</summary>
delegate Callback? NewSchedule(int epochs, double rate);

/// <summary>How the learning rate changes.</summary>
static class Schedules
{
    /// <summary>Not at all.</summary>
    public static Code<NewSchedule> Constant { get; } = Code.Of<NewSchedule>((_, _) => null);

    /// <summary>Divided by ten after each third of the epochs.</summary>
    public static Code<NewSchedule> Step { get; } = Code.Of<NewSchedule>((epochs, _) => new LearningRateSchedule(new StepSchedule((epochs + 2) / 3), Per.Epoch));

    /// <summary>Down to 0 along half a cosine.</summary>
    public static Code<NewSchedule> Cosine { get; } = Code.Of<NewSchedule>((_, _) => new LearningRateSchedule(steps => new CosineSchedule(steps), Per.Batch));

    /// <summary>Up once, and far down.</summary>
    public static Code<NewSchedule> OneCycle { get; } = Code.Of<NewSchedule>((_, rate) => new LearningRateSchedule(steps => new OneCycleSchedule(rate, steps), Per.Batch));
}
