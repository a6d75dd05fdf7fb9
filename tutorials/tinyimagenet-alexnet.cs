#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// AlexNet learns two hundred kinds of things
// ==========================================
//
// The network that began it all (Krizhevsky 2012), from nothing, on Tiny ImageNet: 100 000 pictures of 64 × 64 pixels in 200 classes. It
// has 57 million weights, so this takes a day on two cores, and is what a GPU is for. Without a folder it learns six shapes that the
// program draws, which is enough to see it work.
//
//     dotnet run tutorials/tinyimagenet-alexnet.cs                     shapes that the program draws, some minutes
//     dotnet run tutorials/tinyimagenet-alexnet.cs -- data             Tiny ImageNet, 240 MB
//     dotnet run tutorials/tinyimagenet-alexnet.cs -- "" 1 256         one epoch of 256 shapes

using System.Globalization;
using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;
using Candeia.Training;
using Candeia.Vision;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(1);
SkiaCodecs.Register();                                       // JPEG and others; programs that use the package need no such call
string? root = args.Length > 0 && args[0].Length > 0 ? args[0] : null;
int epochs = args.Length > 1 ? int.Parse(args[1]) : root is null ? 6 : 30;
int count = args.Length > 2 ? int.Parse(args[2]) : 1500;


// 1. Pictures in classes
// ----------------------
// To learn from, each is mirrored now and then, and moved by a few pixels. To be asked about, it is left as it is.

const int Size = 64;
Dataset<LabelledImage> train, valid;
IReadOnlyList<string> classes;
if (root is null) (train, valid, classes) = (new DrawnShapes(count, Size), new DrawnShapes(Math.Max(60, count / 10), Size, seed: 5), DrawnShapes.Classes);
else
{
    var all = new PublishedImages("tiny_imagenet", root);
    (train, valid, classes) = (all, new PublishedImages("tiny_imagenet", root, "val"), all.Classes);
}
Transform numbers = new ToDtype(DType.Float32).Then(Normalize.ImageNet);
Transform augment = new RandomHorizontalFlip().Then(new RandomCrop(Size, Padding: 4)).Then(numbers);
var learning = train.Map(augment).Loader(32, shuffle: true, workers: 2);
var asking = valid.Map(numbers).Loader(64, workers: 2);


// 2. The network, and how fast it may learn
// -----------------------------------------
// FindLearningRate tries all speeds on a copy, from far too slow to far too fast, and suggests one: the loss falls fastest there.

var net = VisionModels.Create("alexnet", classes: classes.Count);
var learner = net.Setup((scores, labels) => scores.CrossEntropyLoss(labels), p => new SGD(p, 0.01, momentum: 0.9, weightDecay: 5e-4), new Accuracy(), new TopKAccuracy(5));
Console.WriteLine($"alexnet with {net.Parameters().Sum(p => p.Numel):N0} weights for {classes.Count} classes, {train.Count} pictures");


// 3. Learning
// -----------
// One cycle: faster and faster for a third of the way, then ever slower.

var fitted = learner
    .With(new LearningRateSchedule(steps => new OneCycleSchedule(0.02, steps), Per.Batch), new ClipGradNorm(5))
    .Fit(learning, epochs, asking);
Console.WriteLine(fitted);


// 4. What it says
// ---------------

net.Eval();
using (Autograd.NoGrad())
    foreach (var item in valid[..3])
    {
        Tensor sure = net.Forward(numbers.Apply(item.Picture.ToTensor(DType.UInt8)).Unsqueeze(0)).Softmax(1)[0];
        int best = (int)sure.ArgMax(0).Item();
        Console.WriteLine($"{classes[item.Label]}: {classes[best]}, by {sure[best].Item():P0}");
    }
net.Save("alexnet.safetensors");
Console.WriteLine($"accuracy {fitted.History.Epochs[^1]["valid_accuracy"]:0.000}, loss from {fitted.History.Epochs[0]["train_loss"]:0.000} to {fitted.History.Epochs[^1]["valid_loss"]:0.000}");
