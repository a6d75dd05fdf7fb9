using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Of each default box the scores of all classes, and what it is moved by, with torchvision's keys.</summary>
internal sealed class SsdHead(IReadOnlyList<int> channels, IReadOnlyList<int> boxes, int classes, bool light) : Module
{
    readonly Part classificationHead = new(channels, boxes, classes, light), regressionHead = new(channels, boxes, 4, light);

    /// <summary>Scores [n, all, classes] and codes [n, all, 4], in the order of the boxes.</summary>
    public (Tensor Scores, Tensor Codes) Of(IReadOnlyList<Tensor> maps) => (classificationHead.Of(maps), regressionHead.Of(maps));

    sealed class Part : Module
    {
        readonly Layer[] moduleList;
        readonly int _values;

        public Part(IReadOnlyList<int> channels, IReadOnlyList<int> boxes, int values, bool light)
        {
            _values = values;
            moduleList = [.. channels.Zip(boxes).Select(c => light ? (Layer)Light(c.First, c.Second * values) : new Conv2d(c.First, c.Second * values, 3, padding: 1))];
            this.Draw(light ? SsdBackbones.Narrow : SsdBackbones.Xavier);
        }

        /// <summary>Each channel for itself, then all at each place.</summary>
        static Sequential Light(int input, int output) => new Sequential(
            Blocks.ConvNorm(input, input, groups: input, activation: new ReLU6(), epsilon: SsdBackbones.Epsilon, momentum: SsdBackbones.Momentum), new Conv2d(input, output, 1));

        public Tensor Of(IReadOnlyList<Tensor> maps) =>
            Tensor.Cat([.. maps.Select((map, i) => DetectionBoxes.ByPlace(map.Apply(moduleList[i], name: $"module_list.{i}"), _values))], 1);
    }
}
