namespace Candeia.Training.Tests;

/// <summary>Calls functions on events.</summary>
sealed class Watcher : Callback
{
    public Action<BatchBegin> BatchBegin { get; init; } = _ => { };

    public Action<BatchEnd> BatchEnd { get; init; } = _ => { };

    public Action<EpochBegin> EpochBegin { get; init; } = _ => { };

    public Action<EpochEnd> EpochEnd { get; init; } = _ => { };

    public Action<GradientsReady> GradientsReady { get; init; } = _ => { };

    public Action<PhaseBegin> PhaseBegin { get; init; } = _ => { };

    public Action<PhaseEnd> PhaseEnd { get; init; } = _ => { };

    public Action<RunEnd> RunEnd { get; init; } = _ => { };

    public override void On(BatchBegin e) => BatchBegin(e);

    public override void On(BatchEnd e) => BatchEnd(e);

    public override void On(EpochBegin e) => EpochBegin(e);

    public override void On(EpochEnd e) => EpochEnd(e);

    public override void On(GradientsReady e) => GradientsReady(e);

    public override void On(PhaseBegin e) => PhaseBegin(e);

    public override void On(PhaseEnd e) => PhaseEnd(e);

    public override void On(RunEnd e) => RunEnd(e);
}
