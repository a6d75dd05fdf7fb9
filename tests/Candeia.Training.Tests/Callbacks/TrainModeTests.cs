using Candeia.NN;

namespace Candeia.Training.Tests;

public class TrainModeTests
{
    [Fact]
    public void Model_and_loss_train_in_training_alone()
    {
        List<(Phase, bool, bool)> modes = [];
        var loss = new Squares();
        var learner = new Line(1).Setup(loss, p => new SGD(p, 0.01)) with { Callbacks = [] };
        learner.With(new Watcher { BatchEnd = e => modes.Add((e.Phase, e.Run.Model.IsTraining, loss.IsTraining)) }).Fit(Tiny.Batches(20), epochs: 2, valid: Tiny.Batches(10));
        Assert.Equal([(Phase.Train, true, true), (Phase.Valid, false, false)], modes.Distinct());
        Assert.False(learner.Model.IsTraining);
    }

    sealed class Squares : LossModule
    {
        public override Tensor Forward(Tensor output, Tensor target) => Tiny.Loss(output, target);
    }
}
