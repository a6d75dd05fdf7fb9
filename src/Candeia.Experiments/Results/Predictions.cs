using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>Gathers what the network says of each image, and what is true, while it predicts.</summary>
sealed class Predictions : Callback
{
    readonly List<Prediction> _rows = [];

    /// <summary>In the order of the data.</summary>
    public IReadOnlyList<Prediction> Rows => _rows;

    public override void On(BatchEnd e)
    {
        float[] predicted = e.Output.ToArray<float>(), truth = e.Data.Y.ToArray<float>();
        for (int i = 0; i < predicted.Length; i++) _rows.Add(new(e.Data.Ids[i], truth[i], predicted[i]));
    }
}
