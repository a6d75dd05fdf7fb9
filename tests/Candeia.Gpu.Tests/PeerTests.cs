using Candeia.Data;
using Candeia.Distributed;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Gpu.Tests;

/// <summary>Processors of several ranks that exchange memory by NCCL, on functions that stand for it; ranks are threads, and each opens a processor of its own.</summary>
[Collection(nameof(Gpu))]
public class PeerTests
{
    sealed class Net : Layer
    {
        readonly Linear fc1 = new(3, 7, generator: new Generator(1));
        readonly BatchNorm1d norm = new(7);
        readonly Linear fc2 = new(7, 1, generator: new Generator(2));

        public override Tensor Forward(Tensor x) => x.Apply(fc1).Apply(norm).Tanh().Apply(fc2);
    }

    static CudaFound Found(bool hasPeers, bool hasGraphs = false)
    {
        _ = Gpu.Imitated;                                                    // there is something that computes
        return CudaFound.Of((FakeCuda.On(Gpu.Behind, hasGraphs: hasGraphs, peers: hasPeers ? FakeNccl.Api() : null), null));
    }

    /// <summary>What ranks have learnt, and how many copies to their processors it took.</summary>
    static (float[] Weights, long Uploads)[] Fit(int ranks, CudaFound found, bool overlap, int? shards = null)
    {
        var learnt = new (float[], long)[ranks];
        ThreadRanks.Run(ranks, world =>
        {
            var device = Cuda.Open(found, 0, files: null);
            var x = Tensor.Randn([shards is null ? 26 : 32, 3], generator: new Generator(5));   // the last batch has two, or no shard one alone
            var learner = (new Net().Setup((y, t) => y.MseLoss(t), p => new Adam(p, 0.01)) with { Callbacks = [] })
                .With(new DataParallel(shards, world) { Patience = TimeSpan.FromMinutes(2), Overlap = overlap }, new ClipGradNorm(0.5)).On(device);
            var fitted = learner.Fit(new TensorDataset(x, x.Square().Sum([1], keepDim: true)).Loader(8, shuffle: true, workers: 0, seed: 1), epochs: 2);
            learnt[world.Rank] = ([.. fitted.Model.Parameters().SelectMany(p => p.To(Device.Cpu).ToArray<float>())], device.Uploads);
        });
        return learnt;
    }

    [SkippableTheory]
    [InlineData(2, false, null)]
    [InlineData(2, true, null)]
    [InlineData(3, true, null)]
    [InlineData(2, false, 4)]
    public void Gradients_that_never_leave_the_processors_have_the_bits_of_those_that_the_host_adds_up(int ranks, bool overlap, int? shards)
    {
        var expected = Fit(ranks, Found(hasPeers: false), overlap, shards);
        var found = Fit(ranks, Found(hasPeers: true), overlap, shards);
        Assert.Equal((8 * ranks, 8 * ranks), (FakeNccl.Exchanges, FakeNccl.Gatherings));         // one bucket in each of eight steps
        Assert.All(found, f => Assert.Equal(expected[0].Weights, f.Weights));
        Assert.All(expected.Zip(found), f => Assert.True(f.Second.Uploads <= f.First.Uploads - 6 * 8, $"{f.Second.Uploads} copies instead of {f.First.Uploads}"));   // six gradients
        Assert.Equal(0, FakeNccl.Members);
    }

    [SkippableFact]
    public void Ranks_with_one_processor_add_up_on_the_host()
    {
        var expected = Fit(2, Found(hasPeers: false), overlap: false);
        var found = Found(hasPeers: true);
        FakeNccl.Error = 5;
        Assert.All(Fit(2, found, overlap: false), f => Assert.Equal(expected[0].Weights, f.Weights));
        Assert.Equal((0, 0), (FakeNccl.Exchanges, FakeNccl.Members));
    }

    /// <summary>What waits to be launched as a graph is launched before.</summary>
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Processors_exchange_what_was_computed_before(bool hasGraphs)
    {
        var device = Cuda.Open(Found(hasPeers: true, hasGraphs), 0, files: null);
        using var peers = device.Join(device.Invite()!, 0, 1)!;
        Tensor all = Tensor.Zeros([3, 2], device: device), other = Tensor.Zeros([4], DType.Float64, device);
        for (int i = 0; i < 6; i++)
        {
            var x = Tensor.Full([5], i, device: device).Exp() * 2;
            peers.AllGather(x[1..3], all[1]);
            peers.AllToAll(Tensor.Full([2], i + 0.5, DType.Float64, device), other[1..3]);
            Assert.Equal([0, 0, x[0].Item<float>(), x[0].Item<float>(), 0, 0], all.ToArray<float>());
            Assert.Equal([0, i + 0.5, i + 0.5, 0], other.ToArray<double>());
        }
        Assert.Contains("rows without gaps", Assert.Throws<ArgumentException>(() => peers.AllGather(all[.., 0], all[0])).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Other_devices_know_no_way()
    {
        Assert.Null(Gpu.Device.Invite());
        Assert.Null(Device.Cpu.Invite());
        Assert.Null(Gpu.Device.Join([1], 0, 1));
        Assert.Null(Cuda.Open(Found(hasPeers: true), 0, files: null).Join([1], 0, 1));           // no invitation of ours
    }
}
