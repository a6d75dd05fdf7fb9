using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Cli.Tests;

/// <summary>The code that a reader of the first page sees, as it stands there.</summary>
static class FirstCode
{
    public static (Fitted<CorrelationNet> Fitted, Tensor Predictions) Run()
    {
        var data  = new GuessTheCorrelation("data", transform: img => img[..130, 20..150].Unsqueeze(0));   // [150,150] → [1,130,130]
        var train = data[..10_000];
        var valid = data[10_000..15_000];
        var test  = data[15_000..20_000];

        var fitted = new CorrelationNet()
            .Setup(loss: (y, target) => y.MseLoss(target.Unsqueeze(1)), optimizer: p => new Adam(p), metrics: new MeanAbsoluteError())
            .Fit(train.Loader(64, shuffle: true), epochs: 10, valid: valid.Loader(64));

        Tensor predictions = fitted.Predict(test.Loader(64)).Squeeze();
        return (fitted, predictions);
    }

    public static Layer Loop(Dataset<Sample> train)
    {
        var model = new CorrelationNet();
        var adam = new Adam(model.Parameters());
        foreach (var (x, y) in train.Loader(64, shuffle: true))
        {
            using var scope = Scope.Begin();
            adam.ZeroGrad();
            var loss = model.Forward(x).MseLoss(y.Unsqueeze(1));
            loss.Backward();
            adam.Step();
        }
        return model;
    }

    internal sealed class CorrelationNet : Layer
    {
        readonly Conv2d conv1 = new(1, 32, kernelSize: 3);
        readonly Conv2d conv2 = new(32, 64, kernelSize: 3);
        readonly Conv2d conv3 = new(64, 128, kernelSize: 3);
        readonly Linear fc1 = new(14 * 14 * 128, 128);
        readonly Linear fc2 = new(128, 1);

        public override Tensor Forward(Tensor x) => x
            .Apply(conv1).Relu().AvgPool2d(2)
            .Apply(conv2).Relu().AvgPool2d(2)
            .Apply(conv3).Relu().AvgPool2d(2)
            .Flatten(startDim: 1)
            .Apply(fc1).Relu()
            .Apply(fc2);
    }

    /// <summary>Stands in for the real one where that code names it: a thousandth of the items, in a folder that goes away.</summary>
    sealed class GuessTheCorrelation(string root, Func<Tensor, Tensor> transform)
    {
        const int Fraction = 1000;
        readonly Dataset<Sample> _data = Few(root, transform);

        public Dataset<Sample> this[Range range] => _data[(range.Start.Value / Fraction)..(range.End.Value / Fraction)];

        static Dataset<Sample> Few(string root, Func<Tensor, Tensor> transform)
        {
            string folder = Directory.CreateTempSubdirectory("candeia-").FullName;
            try
            {
                var data = new Candeia.Datasets.GuessTheCorrelation(Path.Combine(folder, root), transform, count: 20_000 / Fraction);
                return new TensorDataset(Tensor.Stack([.. data.Select(item => item.X)]), Tensor.Stack([.. data.Select(item => item.Y)]));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
