using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

/// <summary>One model answers many threads at once, whatever mode it is in.</summary>
public class ConcurrentPredictTests
{
    sealed class Net : Layer
    {
        readonly Linear fc1 = new(3, 16, generator: new Generator(1));
        readonly BatchNorm1d norm = new(16);
        readonly Dropout drop = new(0.5, new Generator(2));
        readonly Linear fc2 = new(16, 1, generator: new Generator(3));

        public Dropout Drop => drop;

        public override Tensor Forward(Tensor x) => x.Apply(fc1).Apply(norm).Apply(drop).Apply(fc2);
    }

    [Fact]
    public void Sixteen_threads_get_right_answers_of_a_model_in_training_mode()
    {
        var net = new Net();
        net.Drop.Eval();                                                     // a part has a mode of its own, which stays
        var learner = net.Setup(Tiny.Loss, p => new SGD(p, 0.1)) with { Callbacks = [] };
        Tensor[] questions = [.. Enumerable.Range(0, 16).Select(i => Tensor.Randn([4, 3], generator: new Generator((ulong)i)))];
        float[][] answers = [.. questions.Select(q => learner.Predict(q).ToArray<float>())];
        float[] before = net.Bits();
        int wrong = 0;
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 16 }, thread =>
        {
            for (int i = 0; i < 60; i++)
            {
                int q = (thread + i) % 16;
                if (!learner.Predict(questions[q]).ToArray<float>().AsSpan().SequenceEqual(answers[q])) Interlocked.Increment(ref wrong);
            }
        });
        Assert.Equal(0, wrong);
        Assert.Equal((true, false), (net.IsTraining, net.Drop.IsTraining));
        Assert.Equal(before, net.Bits());                                    // no running statistics have moved
    }

    [Fact]
    public void Dropout_in_predictions_is_a_matter_of_one_line_and_train_within_is_refused()
    {
        var net = new Net();
        var learner = net.Setup(Tiny.Loss, p => new SGD(p, 0.1)) with { Callbacks = [] };
        var x = Tensor.Ones([40, 3]);
        var sampled = learner.PredictStep((model, context) =>
        {
            using var _ = Mode.Training();
            return new(model.Forward(context.Batch.X));
        });
        Assert.Single(learner.Predict(x, batchSize: 40).ToArray<float>().Distinct());
        Assert.True(sampled.Predict(x, batchSize: 40).ToArray<float>().Distinct().Count() > 2);
        var refused = learner.PredictStep((model, context) => new(model.Train().Forward(context.Batch.X)));
        Assert.Contains("Mode.Training()", Assert.Throws<InvalidOperationException>(() => refused.Predict(x)).Message, StringComparison.Ordinal);
        Assert.True(net.IsTraining);
    }

    [Fact]
    public void A_stream_of_predictions_leaves_the_mode_of_who_reads_it_alone()
    {
        var net = new Net();
        var learner = net.Setup(Tiny.Loss, p => new SGD(p, 0.1)) with { Callbacks = [] };
        foreach (var _ in learner.PredictEach(Tiny.Batches(30))) Assert.True(net.IsTraining);
        using (Mode.Evaluation())
        {
            Assert.False(net.IsTraining);
            using (Mode.Training()) Assert.True(net.Eval().IsTraining);
        }
        Assert.False(net.IsTraining);
    }
}
