using Candeia.Datasets;
using Candeia.Training;

namespace Candeia.Experiments.Tests;

/// <summary>Nobody who listens.</summary>
sealed class Silence : IStory
{
    public Progress Training { get; } = new(TextWriter.Null);

    public int Columns => 120;

    public void Title(string title, FormattableString subtitle) { }

    public void Step(string title) { }

    public void Line(FormattableString text) { }

    public IDataStory DataProgress() => new Nothing();

    sealed class Nothing : IDataStory
    {
        public void Report(DataProgress value) { }

        public void Dispose() { }
    }
}
