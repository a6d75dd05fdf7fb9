using Candeia.Data;
using Candeia.NN;
using Candeia.Tests;

namespace Candeia.Training.Tests;

/// <summary>A training on a second device: what runs there, what falls back, and that nothing else differs.</summary>
[Collection(nameof(Alone))]
public class OnDeviceTests
{
    static Sequential Network()
    {
        Generator.Seed(3);
        return new Sequential(
            new Conv2d(1, 4, kernelSize: 3), new ReLU(), new BatchNorm2d(4), new AvgPool2d(2), new Dropout(0.1), new Flatten(), new Linear(4 * 3 * 3, 8), new ReLU(),
            new Linear(8, 1));
    }

    static TensorDataset Data()
    {
        var g = new Generator(4);
        return new(Tensor.Randn([24, 1, 8, 8], generator: g), Tensor.Randn([24, 1], generator: g));
    }

    static Learner<Layer> Learner(Layer model) =>
        model.Setup((y, target) => y.MseLoss(target), p => new Adam(p, 1e-2), new MeanAbsoluteError()) with { Callbacks = [] };

    [Fact]
    public void A_training_on_a_device_gives_the_numbers_of_the_processor()
    {
        var device = new ForeignDevice { Knows = op => op is AddOp or ReluOp };
        var data = Data();
        Fitted<Layer> Fit(Device where) => Learner(Network()).On(where).Fit(data.Loader(8, shuffle: true, seed: 5), 3, data.Loader(8));
        Fitted<Layer> here = Fit(Device.Cpu), there = Fit(device);
        foreach (var (a, b) in here.History.Epochs.Zip(there.History.Epochs))
        {
            Assert.Equal(a.Train.Loss, b.Train.Loss, 1e-4);
            Assert.Equal(a.Valid!.Loss, b.Valid!.Loss, 1e-4);
            Assert.Equal(a.Valid["mae"], b.Valid["mae"], 1e-4);
        }
        var (x, y) = (here.Predict(data.Loader(8)), there.Predict(data.Loader(8)));
        Assert.Equal(Device.Cpu, y.Device);
        Assert.All(x.ToArray<float>().Zip(y.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-4f));

        Assert.True(device.Ran["ReluOp"] > 0);
        Assert.True(device.Fallbacks > 100);          // convolution, loss, Adam …: counted, none lost
        Assert.True(device.Uploads > 0);
    }

    [Fact]
    public void Model_and_optimizer_live_there_and_the_data_come_when_they_are_needed()
    {
        var device = new ForeignDevice { Knows = op => op is AddOp or ReluOp };
        var data = Data();
        var model = Network();
        List<Device> batches = [];
        var learner = Learner(model).On(device).Around((context, step) =>
        {
            batches.Add(context.Batch.X.Device);
            batches.Add(context.Batch.Y.Device);
            return step(context);
        });
        Assert.All(model.Parameters(), p => Assert.Equal(Device.Cpu, p.Device));
        learner.Fit(data.Loader(8), 1);
        Assert.Equal(6, batches.Count);
        Assert.All(batches, d => Assert.Equal(device, d));
        Assert.All(model.Parameters().Concat(model.Buffers().Where(b => b.DType == DType.Float32)), p => Assert.Equal(device, p.Device));
        Assert.All(model.Buffers().Where(b => b.DType == DType.Int64), counter => Assert.Equal(Device.Cpu, counter.Device));   // the program reads it
        Assert.Equal(Device.Cpu, data.X.Device);      // what was moved is a copy
        Assert.Equal(Device.Cpu, model.To(Device.Cpu).Parameters()[0].Device);
        Assert.Equal([24, 1], model.Forward(data.X).Shape);
    }

    [Fact]
    public void What_the_device_knows_is_not_counted_as_a_fallback()
    {
        var device = new ForeignDevice { Knows = op => op is AddOp or ReluOp };
        var x = Tensor.Randn([4, 5], generator: new Generator(1)).To(device);
        Assert.Equal(0, device.Fallbacks);
        Assert.Equal(x.To(Device.Cpu).Relu().ToArray<float>(), x.Relu().ToArray<float>());
        Assert.Equal((1, 0L), (device.Ran["ReluOp"], device.Fallbacks));
        _ = x.Sigmoid().ToArray<float>();
        Assert.Equal((1, 1L), (device.Ran["ReluOp"], device.Fallbacks));
    }

    [Fact]
    public void A_model_there_and_data_here_are_refused_with_the_cure()
    {
        var model = Network().To(new ForeignDevice { Knows = op => op is AddOp or ReluOp });
        var fault = Assert.Throws<InvalidOperationException>(() => model.Forward(Data().X).ToArray<float>());
        Assert.Contains("test:0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("To(device)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_does_not_exist_is_refused_by_name()
    {
        Assert.Same(Device.Cpu, Device.Named("cpu"));
        foreach (string name in (string[])["cuda", "cuda:0", "gpu", ""])
        {
            var fault = Assert.Throws<ArgumentException>(() => Device.Named(name));
            Assert.Contains($"'{name}'", fault.Message, StringComparison.Ordinal);
            Assert.Contains("cpu", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_device_that_is_full_says_so_and_leaves_the_model_where_it_is()
    {
        var device = new ForeignDevice { Capacity = 0 };
        var model = Network();
        Assert.Contains("test:0", Assert.Throws<InsufficientMemoryException>(() => model.To(device)).Message, StringComparison.Ordinal);
        Assert.All(model.Parameters(), p => Assert.Equal(Device.Cpu, p.Device));
    }
}
