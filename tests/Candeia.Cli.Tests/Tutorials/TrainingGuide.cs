using Candeia.Charts;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Cli.Tests;

/// <summary>The code of docs/training.md, as it stands there, on points instead of pictures.</summary>
static class TrainingGuide
{
    static TensorDataset Points(int count, ulong seed)
    {
        var x = Tensor.Randn([count, 4], generator: new Generator(seed));
        return new(x, (x[.., 0] > 0).To(DType.Int64) + (x[.., 1] > 0).To(DType.Int64));
    }

    public static void Run(Action<string> done)
    {
        Generator.Seed(1);
        var (train, valid, test) = (Points(256, 1), Points(64, 2), Points(64, 3));

        var learner = new Net()
            .Setup(
                loss: (y, target) => y.CrossEntropyLoss(target),
                optimizer: p => new Adam(p, learningRate: 1e-2),
                metrics: [new Accuracy(), new F1()]);

        var fitted = learner.Fit(train, epochs: 10, valid: valid, batchSize: 64);

        PhaseResult result = fitted.Evaluate(test);
        Console.WriteLine($"loss {result.Loss:F3}, accuracy {result["accuracy"]:P1}");

        Tensor scores = fitted.Predict(test);                         // [n, classes]
        done("fit");

        var (left, right) = (Tensor.Randn([128, 4], generator: new Generator(4)), Tensor.Randn([128, 4], generator: new Generator(5)));
        var same = ((left[.., 0] > 0).Eq(right[.., 0] > 0)).To(DType.Float32).Unsqueeze(1);

        var pairs = TensorDataset.Of(left, right, same).Map(t => (Left: t[0], Right: t[1], Same: t[2]));

        var siamese = new Siamese().Setup(
            forward: (Siamese net, (Tensor Left, Tensor Right, Tensor Same) x) => net.Forward(x.Left, x.Right),
            loss: (y, x) => y.BceWithLogitsLoss(x.Same),
            optimizer: p => new Adam(p, learningRate: 1e-2),
            metrics: new BinaryAccuracy(FromLogits: true).Of((Tensor y, (Tensor Left, Tensor Right, Tensor Same) x) => (y, x.Same), "accuracy"));

        var trained = siamese.Fit(pairs.Loader(32, shuffle: true), epochs: 3);
        Assert.InRange(trained.History.Epochs[^1].Train["accuracy"], 0, 1);
        done("siamese");

        Console.WriteLine(fitted.Model.Summarize([64, 4]));           // shapes, parameters, multiply-adds, memory
        Console.WriteLine(fitted);                                    // a line per epoch, training and validation
        File.WriteAllText("history.csv", fitted.History.ToCsv());
        fitted.History.Chart().Save("loss.svg");
        fitted.History.Chart("accuracy").Print();                     // in the terminal
        done("look");

        var confusion = fitted.Evaluate(test, metrics: [new ConfusionMatrix()]).Detail<Confusion>();
        Console.WriteLine(confusion.ToString(["none", "one", "both"]));
        confusion.Chart(["none", "one", "both"]).Save("confusion.svg");
        done("confusion");

        LearningRateCurve curve = learner.FindLearningRate(train, from: 1e-5, to: 1);
        curve.Chart().Save("learning-rate.svg");
        new OneCycleSchedule(0.01, 200).Chart(steps: 200).Save("schedule.svg");
        done("rate");

        learner = learner.With(
            new LearningRateSchedule(steps => new OneCycleSchedule(0.02, steps), Per.Batch),
            new ClipGradNorm(1),
            new EarlyStopping("valid_loss", patience: 3, restoreBest: true),
            new ModelCheckpoint("runs/{epoch:D2}-{valid_loss:F3}.safetensors", "valid_loss", keep: 2),
            new CsvLog("runs/log.csv"));
        fitted = learner.Fit(train, epochs: 5, valid: 0.2);
        done("callbacks");

        learner = learner.Around((context, step) =>
        {
            var noise = Tensor.Randn(context.Batch.X.Shape) * 0.1;
            return context.Phase == Phase.Train ? step(context with { Batch = new(context.Batch.X + noise, context.Batch.Y) }) : step(context);
        });
        done("around");

        learner.DryRun().Fit(train, epochs: 10, valid: valid);              // everything once, with one batch
        learner.Overfit(batches: 1).Fit(train, epochs: 20, valid: valid);   // the loss must come near zero
        learner.With(new NanWatch()).Fit(train, epochs: 1, valid: valid);   // names the layer and the batch where numbers end
        done("checks");

        Learner<Net> Fresh(double rate) => new Net().Setup((y, target) => y.CrossEntropyLoss(target), p => new Adam(p, rate), new Accuracy()).Quiet();

        KFoldResult folds = new KFold(5).Fit(() => Fresh(1e-2), train, epochs: 5);
        Console.WriteLine($"{folds.Mean("accuracy"):P0} ± {folds.Deviation("accuracy"):P0}");

        var space = new SearchSpace().LogUniform("rate", 1e-4, 1e-1);
        var search = new HyperparameterSearch<Net>(h => Fresh(h.Number("rate")), "valid_accuracy", higherIsBetter: true);
        var found = search.Halve(space.Random(trials: 9, seed: 1), train, valid, firstEpochs: 1, epochs: 9);
        Console.WriteLine(found);                                           // a line per trial, the best first
        PhaseResult honest = found.Best.Evaluate(test);                     // on data that took no part in choosing
        Assert.InRange(honest["accuracy"], 0.5, 1);
        done("choose");

        fitted.Save("runs/points");
        var again = Fitted.Load("runs/points", () => new Net());
        Tensor predicted = again.Predict(test.X);
        done("save");
        Assert.Equal(fitted.Predict(test.X).ToArray<float>(), predicted.ToArray<float>());

        var more = fitted.Fit(train, epochs: 5, valid: valid);         // and its history goes on
        done("more");
        Assert.True(more.History.Epochs.Count > fitted.History.Epochs.Count && scores.Shape is [64, 3]);

        learner.With(new AutoResume("runs/points.resume")).Fit(train.Loader(64, shuffle: true, seed: 1), epochs: 3, valid: valid.Loader(64));
        done("resume");
    }

    sealed class Net : Layer
    {
        readonly Linear fc1 = new(4, 32);
        readonly Linear fc2 = new(32, 3);

        public override Tensor Forward(Tensor x) => x.Apply(fc1).Relu().Apply(fc2);
    }

    sealed class Siamese : Module
    {
        readonly Linear embed = new(4, 16);
        readonly Linear judge = new(16, 1);

        public Tensor Forward(Tensor left, Tensor right) => (left.Apply(embed).Tanh() * right.Apply(embed).Tanh()).Apply(judge);
    }
}
