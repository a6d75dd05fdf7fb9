using Candeia.Data;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Cli.Tests;

/// <summary>Photographs are decoded while a network learns: where that is cheaper than a step, no step waits for it. How many batches were there when they were asked for says <see cref="Profile"/>.</summary>
[Collection(nameof(Here))]
public sealed class PicturesAheadTests : IDisposable
{
    const int BatchSize = 4, Batches = 12, Steps = 9, Size = 16;
    static readonly TimeSpan s_never = TimeSpan.FromMinutes(5);               // so that a fault fails, and does not hang

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Pictures that say how many were begun.</summary>
    sealed class Watched(Dataset<Sample> data) : Dataset<Sample>
    {
        readonly object _lock = new();
        int _begun;

        public override int Count => data.Count;

        public override Sample this[int index]
        {
            get
            {
                lock (_lock)
                {
                    _begun++;
                    Monitor.PulseAll(_lock);
                }
                return data[index];
            }
        }

        public bool WaitFor(int begun)
        {
            lock (_lock)
            {
                while (_begun < begun) if (!Monitor.Wait(_lock, s_never)) return false;
                return true;
            }
        }
    }

    /// <summary>A step that lasts until the one after the next batch has been begun: the next one is made, then, by the one thread that there is.</summary>
    sealed class Lasting(Watched data) : Callback
    {
        public bool WasSeen { get; private set; } = true;

        public override StepResult Around(StepContext context, Step step)
        {
            WasSeen &= data.WaitFor((context.Run.Batch + 1) * BatchSize + 1);
            return step(context);
        }
    }

    Dataset<Sample> Photographs()
    {
        SkiaCodecs.Register();
        var random = new Generator(1);
        for (int i = 0; i < Batches * BatchSize; i++)
        {
            string file = _folder["pictures", i % 2 == 0 ? "even" : "odd", $"{i}.jpg"];
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, Image.FromTensor(Tensor.Rand([3, 40, 30], generator: random)).Encode(new JpegCodec(80)));
        }
        return new ImageFolder(_folder["pictures"]).Map(new RandomResizedCrop(Size).Then(new RandomHorizontalFlip()).Then(new ToDtype(DType.Float32)).Then(Normalize.ImageNet));
    }

    static Learner<Sequential> Learner() =>
        new Sequential(new Flatten(), new Linear(3 * Size * Size, 2)).Setup((y, t) => y.CrossEntropyLoss(t), p => new SGD(p, 0.01)) with { Callbacks = [] };

    [Fact]
    public void No_step_waits_where_decoding_is_cheaper()
    {
        using var output = new StringWriter();
        var data = new Watched(Photographs());
        var (profile, lasting) = (new Profile(output), new Lasting(data));
        Learner().With(profile, lasting).Limit(trainBatches: Steps).Fit(data.Loader(BatchSize, shuffle: true, workers: 1, seed: 1), 1);
        Assert.True(lasting.WasSeen);
        var (ahead, waited) = profile.Ahead;
        Assert.Equal(Steps, ahead);
        Assert.InRange(waited, 0, 1);                                         // the first, whose making begins when it is asked for
        Assert.Contains($"waited for {waited} of {Steps} batches", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_makes_ahead_is_not_counted()
    {
        using var output = new StringWriter();
        var profile = new Profile(output);
        Learner().With(profile).Limit(trainBatches: 3).Fit(Photographs().Loader(BatchSize, workers: 0, seed: 1), 1);
        Assert.Equal((0, 0), profile.Ahead);
        Assert.DoesNotContain("waited", output.ToString(), StringComparison.Ordinal);
    }
}
