using Candeia.Tests;

namespace Candeia.Training.Tests;

public sealed class EventFileWriterTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(1500000000.5);
    }

    EventFile Written(Action<EventFileWriter> write)
    {
        using (var writer = new EventFileWriter(_folder.Path, null, new Clock())) write(writer);
        return EventFile.Read(Directory.GetFiles(_folder.Path).Single());
    }

    [Fact]
    public void Values_come_back()
    {
        var file = Written(w =>
        {
            w.Scalar("loss", 0.25, 3);
            w.Scalar("loss", 0, 0);
            w.Scalar("loss", double.NaN, 4);
            w.Write(5, new ScalarSummary("a", 1), new ScalarSummary("ä", 2));
        });
        Assert.Equal((EventFileDamage.None, "brain.Event:2"), (file.Damage, file.Events[0].FileVersion));
        Assert.Equal([(3, "loss", 0.25f), (0, "loss", 0), (4, "loss", float.NaN), (5, "a", 1), (5, "ä", 2)], file.Scalars);
        Assert.All(file.Events, e => Assert.Equal(1500000000.5, e.WallTime));
    }

    [SkippableFact]
    public void A_number_is_written_as_TensorBoard_does()
    {
        byte[] golden = File.ReadAllBytes(SharedFolder.Require("suites/tensorboard/golden/tb_success_2records.tfevents"));
        var read = EventFile.Read(golden).Events[1];
        using var stream = new MemoryStream();
        EventFileWriter.Write(stream, new TensorBoardEvent(read.WallTime, 77, [new ScalarSummary("accuracy", 0.99f)]).ToMessage().Written);
        Assert.Equal(golden[40..], stream.ToArray());
    }

    [Fact]
    public void A_histogram_counts_what_lies_below_its_limits()
    {
        var values = Tensor.From([-2f, -1, 0, 0, 1e-13f, 0.5f, 3, float.NaN, float.PositiveInfinity]);
        var histogram = (HistogramSummary)Written(w => w.Histogram("h", values, 1)).Events[1].Values.Single();
        Assert.Equal((-2, 3, 7, 0.5 + 1e-13, 14.25), (histogram.Min, histogram.Max, histogram.Count, Math.Round(histogram.Sum, 15), Math.Round(histogram.SumOfSquares, 12)));
        Assert.Equal(7, histogram.Counts.Sum());
        Assert.Equal(0, histogram.Counts[0]);
        for (int i = 1; i < histogram.Limits.Length; i++)
        {
            float low = (float)histogram.Limits[i - 1], high = (float)histogram.Limits[i];
            Assert.Equal(values.ToArray<float>().Count(v => v >= low && v < high), histogram.Counts[i]);
        }
        Assert.Equal(0, ((HistogramSummary)HistogramSummary.Of("none", Tensor.Zeros([0]))).Count);
    }

    [Fact]
    public void A_picture_is_a_png_file_with_its_size()
    {
        byte[] png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAC0lEQVR4nGNgQAcAABIAAeRVjecAAAAASUVORK5CYII=");
        var image = (ImageSummary)Written(w => w.Image("picture", png, 1)).Events[1].Values.Single();
        Assert.Equal((3, 2, 3), (image.Width, image.Height, image.Channels));
        Assert.Equal(png, image.Encoded.ToArray());
        Assert.Throws<ArgumentException>(() => ImageSummary.OfPng("x", new byte[40]));
    }

    [Fact]
    public void A_run_that_goes_on_says_from_which_step()
    {
        using (var writer = new EventFileWriter(_folder.Path, firstStep: 120)) writer.Scalar("loss", 1, 120);
        var file = EventFile.Read(Directory.GetFiles(_folder.Path).Single());
        Assert.Equal((120, true), (file.Events[1].Step, file.Events[1].IsStart));
    }
}
